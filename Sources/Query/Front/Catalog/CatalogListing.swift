import Columnar

/// All that the catalogs have, in a fixed order.
package enum CatalogListing {
  /// Every overload of every function, operator and aggregate; none that is refused.
  package static let signatures: [CatalogSignature] =
    functions + operators(.binaryOperator, OperatorCatalog.all.binaries)
    + operators(.prefixOperator, OperatorCatalog.all.prefixes) + aggregates

  private static var functions: [CatalogSignature] {
    FunctionCatalog.names.flatMap { name in
      list(.function, name, FunctionCatalog.overloads(of: name) ?? [])
    }
  }

  private static func operators(
    _ kind: CatalogSignature.Kind, _ overloads: [String: [FunctionSignature]]
  ) -> [CatalogSignature] {
    overloads.keys.sorted().flatMap { list(kind, $0, overloads[$0] ?? []) }
  }

  private static func list(
    _ kind: CatalogSignature.Kind, _ name: String, _ overloads: [FunctionSignature]
  ) -> [CatalogSignature] {
    overloads.compactMap { overload -> CatalogSignature? in
      if case .refused = overload.meaning { return nil }
      return CatalogSignature(
        kind: kind, name: name, parameters: overload.parameters, result: overload.result,
        takesField: overload.isOfField)
    }
  }

  /// The aggregates that PostgreSQL has too and whose arguments are values of the rows alone.
  /// An aggregate of values of any type stands here once for each.
  private static var aggregates: [CatalogSignature] {
    AggregateCatalog.names.flatMap { name -> [CatalogSignature] in
      guard let entry = AggregateCatalog.aggregate(named: name) else { return [] }
      return entry.signatures.flatMap { signature -> [CatalogSignature] in
        let types = isOpen(signature) ? ColumnType.allCases : [.text]
        return types.map { listed(name, entry.function, signature, any: $0) }
      }
    }
  }

  private static func isOpen(_ signature: AggregateCatalog.Signature) -> Bool {
    signature.parameters.contains { parameter in
      switch parameter {
      case .any, .element: true
      case .type, .constant: false
      }
    }
  }

  private static func listed(
    _ name: String, _ function: AggregateFunction, _ signature: AggregateCatalog.Signature,
    any: ColumnType
  ) -> CatalogSignature {
    var parameters: [ColumnType] = []
    var constants: Set<Int> = []
    for (index, parameter) in signature.parameters.enumerated() {
      switch parameter {
      case .type(let type): parameters.append(type)
      case .constant(let type):
        parameters.append(type)
        constants.insert(index)
      case .any, .element: parameters.append(any)
      }
    }
    let result =
      switch signature.result {
      case .type(let type): type
      case .ofArgument(let index): parameters[index]
      }
    return CatalogSignature(
      kind: function.isOrderedSet ? .orderedSetAggregate : .aggregate, name: name,
      parameters: parameters, result: result, constants: constants)
  }
}
