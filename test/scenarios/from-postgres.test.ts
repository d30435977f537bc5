// The scenarios whose source is PostgreSQL.

import { runScenarios } from './run-scenarios.ts';

runScenarios('postgres');
