import 'reflect-metadata';
import { startService } from './operator/start-service.js';

await startService(process.env);
