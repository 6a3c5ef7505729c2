import { expose } from 'comlink';
import { live } from '../engine/alive';
import { tellStarts } from '../engine/start-watch';
import { openStorage, replaceable } from '../engine/storage';
import type { EngineApi } from './api';
import { carryErrorData } from './errors-on-the-wire';
import { carryIds } from './ids-on-the-wire';
import { Jobs } from './jobs';
import { analysisService } from './services/analysis-service';
import { baseService } from './services/base-service';
import { dataService } from './services/data-service';
import { decoderService } from './services/decoder-service';
import { explainService } from './services/explain-service';
import { exportService } from './services/export-service';
import { headService } from './services/head-service';
import { projectService } from './services/project-service';
import { storageService } from './services/storage-service';
import { weightsService } from './services/weights-service';

carryErrorData();
carryIds();
const { storage, replace } = replaceable(openStorage());
const jobs = new Jobs();
const api: EngineApi = {
  live: (name) => live(name),
  tellStarts,
  ...jobs.api,
  ...storageService(storage, replace),
  ...dataService(storage, jobs),
  ...weightsService(storage),
  ...decoderService(storage),
  ...baseService(storage, jobs),
  ...headService(storage, jobs),
  ...exportService(storage, jobs),
  ...analysisService(storage, jobs),
  ...explainService(storage, jobs),
  ...projectService(storage, jobs),
};
expose(api);
