/** Why this file exists: the Node whose words and numbers are shown. */
export const nodeVersion = 'v20.20.2';
