/** The notebook that leads through a new project, relative to it. */
export const guideNotebook = 'notebooks/01_getting_started.ratnb';

/** The notebook that waits for a person's own files, relative to the project. */
export const ownDataNotebook = 'notebooks/02_your_data.ratnb';
