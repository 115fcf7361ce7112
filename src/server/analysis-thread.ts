/**
 * Why this file exists: the type checker works in a thread of its own, so that the server goes on reading what the
 * editor says while it thinks, and can tell it to stop. This is the thread's side.
 */
import { getHeapStatistics } from 'node:v8';
import type { MessagePort } from 'node:worker_threads';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { unreachable } from '../base/invariant';
import { setWords } from '../base/words';
import { Cancelled, ProjectError } from '../analysis/project-options';
import type {
  AnalysisAnswers, AnalysisNews, AnalysisQuestion, AnalysisThreadData, FromAnalysisThread, ToAnalysisThread,
} from './analysis-messages';
import { Projects, type OpenProject } from './projects';
import { visualizeLink } from './visualize-link';

/** Serves questions on `port` until it is closed. */
export function runAnalysisThread(port: MessagePort, data: AnalysisThreadData, openProject: OpenProject): void {
  setWords(data.start.words);
  const { cacheDirectory } = data.start;
  const projects = new Projects((options) => {
    return openProject({ ...options, ...(cacheDirectory === undefined ? {} : { cacheDirectory }) });
  });
  const cancelled = new Int32Array(data.cancelled);
  port.on('message', (message: ToAnalysisThread) => {
    if (message.kind !== 'asked') learn(projects, message);
    // loopscope-ignore-next-line transitive-blocking-call: nothing else waits on the loop of this thread
    else port.postMessage(reply(projects, message, () => Atomics.load(cancelled, 0) === message.id));
  });
}

function learn(projects: Projects, news: AnalysisNews): void {
  switch (news.kind) {
    case 'folders-set': projects.setRoots(news.roots); return;
    case 'text-set': projects.setText(news.path, news.text); return;
    case 'projects-outdated': projects.reload(); return;
    default: unreachable(news);
  }
}

type Asked = ToAnalysisThread & { readonly kind: 'asked' };

function reply(projects: Projects, { id, question }: Asked, isCancelled: () => boolean): FromAnalysisThread {
  try {
    if (isCancelled()) return { kind: 'cancelled', id };
    return { kind: 'answered', id, answer: answer(projects, question, isCancelled) };
  } catch (error) {
    if (error instanceof Cancelled) return { kind: 'cancelled', id };
    if (error instanceof ProjectError) return { kind: 'unusable', id, message: error.message };
    return { kind: 'failed', id, message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

type Answer = AnalysisAnswers[keyof AnalysisAnswers];

function answer(projects: Projects, question: AnalysisQuestion, isCancelled: () => boolean): Answer {
  switch (question.kind) {
    case 'analyse': {
      const project = projects.of(question.path);
      project.configure(question.rules);
      return project.analyse(question.path, { isCancelled, isQuick: question.isQuick });
    }
    case 'explain': return explain(projects, question);
    case 'calls': return projects.of(question.path).calls(question.path, question.start, question.direction);
    case 'prepare': return prepare(projects, question.path, isCancelled);
    case 'projects': return projects.loaded();
    default: return unreachable(question);
  }
}

/** When all files are known, or no more fit, what was learnt is kept for the next start. */
function prepare(projects: Projects, path: string, isCancelled: () => boolean): AnalysisAnswers['prepare'] {
  const project = projects.of(path);
  const progress = project.prepareNext({ isCancelled });
  const isFull = heapShare() > mostOfHeap;
  if (progress === undefined || isFull) project.save();
  return progress && { ...progress, isFull };
}

/** What is known for the sake of others only may fill so much of the thread's heap; the rest is for what is asked. */
const mostOfHeap = 0.5;

function heapShare(): number {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  return used / limit;
}

function explain(projects: Projects, question: AnalysisQuestion & { readonly kind: 'explain' }): AnalysisAnswers['explain'] {
  const document = TextDocument.create(question.uri, '', 0, projects.textOf(question.path) ?? '');
  return projects.of(question.path).explain(question.path, question.offset, {
    linkTo: (range) => visualizeLink(question.uri, document.positionAt(range.start)),
  });
}
