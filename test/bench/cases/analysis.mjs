// Findings for our own source: everything at once, and one file again after an edit, as the editor asks.
import fs from 'node:fs';
import path from 'node:path';

export async function analysisCases(parts, dist) {
  const root = path.dirname(dist).replaceAll('\\', '/');
  const files = fs.readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name)).sort().map(name => `${root}/src/${name.replaceAll('\\', '/')}`);
  const lines = files.reduce((sum, file) => sum + fs.readFileSync(file, 'utf8').split('\n').length, 0);
  const opened = async () => {
    const project = await parts.openProject({ root, files });
    for (const file of files) await project.analyse(file);
    return project;
  };
  const kept = await opened();
  let edits = 0;
  return {
    title: `analysis of src/ (${files.length} files, ${lines.toLocaleString('en')} lines)`,
    cases: [
      { name: 'check everything, cold', run: async () => { (await opened()).dispose(); } },
      { name: 'edit a leaf, analyse it', run: () => edited('src/cli/check.ts', 'src/cli/check.ts') },
      { name: 'edit what many import, analyse one of them', run: () => edited('src/base/text.ts', 'src/analysis/project.ts') },
    ],
    end: () => kept.dispose(),
  };

  async function edited(changed, asked) {
    const text = fs.readFileSync(path.join(root, changed), 'utf8');
    await kept.update(`${root}/${changed}`, `${text}\nexport const benchmark${edits++} = 1;\n`);
    await kept.analyse(`${root}/${asked}`);
  }
}
