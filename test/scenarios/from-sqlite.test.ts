// The scenarios whose source is SQLite.

import { runScenarios } from './run-scenarios.ts';

runScenarios('sqlite');
