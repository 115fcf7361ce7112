/**
 * Why this file exists: processes of their own take as long as the machine pleases. Where the order of a program hangs
 * on it in a real Node, that is said at the line.
 */
export { outsideTold, type OutsideCall as ProcessCall } from '../../loop/outside-races';
