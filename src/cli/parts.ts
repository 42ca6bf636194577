import type { ExamineProject } from '../app/doctor.js';
import type { InspectFile } from '../app/inspectFile.js';
import type { OpenProject } from '../app/project.js';
import type { NewProjectOptions } from '../scaffold/newProject.js';
import type { SampleDataOptions } from '../scaffold/sampleData/options.js';
import type { Truth } from '../scaffold/sampleData/truth.js';

/** The parts below the terminal that do the work. */
export interface Parts {
  readonly openProject: OpenProject;
  readonly examineProject: ExamineProject;
  readonly inspectFile: InspectFile;
  readonly createProject: (options: NewProjectOptions) => Promise<void>;
  readonly generateSampleData: (options: SampleDataOptions) => Promise<Truth>;
}

/** The real parts. Each is loaded when a command first uses it, so that `--help` waits for none. */
export const lazyParts: Parts = {
  openProject: async (options) => {
    const { openProject } = await import('../app/openProject.js');
    const project = await openProject(options);
    // Relative paths in SQL count from the project's folder, wherever the call was made.
    process.chdir(project.root);
    return project;
  },
  examineProject: async (options) => {
    const { examineProject } = await import('../app/doctor.js');
    return examineProject(options);
  },
  inspectFile: async (options) => {
    const { inspectFile } = await import('../app/inspectFile.js');
    return inspectFile(options);
  },
  createProject: async (options) => {
    const { createProject } = await import('../scaffold/newProject.js');
    return createProject(options);
  },
  generateSampleData: async (options) => {
    const { generateSampleData } = await import('../scaffold/sampleData/generate.js');
    return generateSampleData(options);
  },
};
