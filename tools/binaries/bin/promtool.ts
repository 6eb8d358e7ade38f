#!/usr/bin/env node
import { runBinary } from '../src/run.ts';

await runBinary('promtool');
