// The scenarios whose source is MySQL or MariaDB.

import { runScenarios } from './run-scenarios.ts';

runScenarios('mysql');
