/**
 * Why this file exists: the questions that rules ask about types are judged here in the same way for both engines,
 * which only read types and nodes.
 */
import type ts from 'typescript';
import { FunctionFactsReader } from './function-facts';
import { lineageOf } from './lineage';
import { protocolFactsOf } from './protocol-facts';
import type { FunctionFacts, Lineage, ProtocolFacts, Tristate, TypeFacts, VoidPlaceNode } from './questions';
import type { TypeFactsReader } from './type-facts';
import type { NodeReader, TypeReader } from './type-reader';
import { dropsPromise } from './void-places';

/** Judges of one program. */
export class Judge<T> {
  private readonly calls: FunctionFactsReader<T>;

  constructor(
    private readonly types: TypeReader<T>,
    private readonly nodes: NodeReader<T>,
    private readonly facts: TypeFactsReader<T>,
    /** What is known of a node without its type. */
    private readonly known: (node: ts.Node) => TypeFacts | undefined = () => undefined,
    /** What calling a value answers, known likewise. */
    private readonly answers: (node: ts.Node) => Tristate | undefined = () => undefined,
  ) {
    this.calls = new FunctionFactsReader(types, facts);
  }

  functions(node: ts.Node): FunctionFacts | undefined {
    const type = this.nodes.typeAt(node);
    return type === undefined ? undefined : this.calls.of(type);
  }

  voidPlaces(node: VoidPlaceNode): Tristate {
    const { types, nodes, facts, calls: functions, known, answers } = this;
    return dropsPromise(node, { types, nodes, facts, functions, known, answers });
  }

  protocols(node: ts.Node): ProtocolFacts | undefined {
    const type = this.nodes.typeAt(node);
    return type === undefined ? undefined : protocolFactsOf(type, this.types, this.facts);
  }

  lineages(node: ts.Node): Lineage | undefined {
    const type = this.nodes.typeAt(node);
    return type === undefined ? undefined : lineageOf(type, this.types);
  }
}
