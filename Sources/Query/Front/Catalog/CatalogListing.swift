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
  private static var aggregates: [CatalogSignature] {
    AggregateCatalog.names.flatMap { name -> [CatalogSignature] in
      guard let entry = AggregateCatalog.aggregate(named: name), !entry.function.isOrderedSet,
        !entry.function.isOwn
      else { return [] }
      return entry.signatures.flatMap { list(name, $0) }
    }
  }

  /// An overload for each type that a parameter of any type may have.
  private static func list(
    _ name: String, _ signature: AggregateCatalog.Signature
  ) -> [CatalogSignature] {
    ColumnType.allCases.compactMap { type in
      var parameters: [ColumnType] = []
      for parameter in signature.parameters {
        switch parameter {
        case .type(let own): parameters.append(own)
        case .any, .element: parameters.append(type)
        case .constant: return nil
        }
      }
      let isOfAny = parameters.contains(type)
      guard isOfAny || type == ColumnType.allCases[0] else { return nil }
      let result: ColumnType =
        switch signature.result {
        case .type(let own): own
        case .ofArgument(let index): parameters[index]
        }
      return CatalogSignature(
        kind: .aggregate, name: name, parameters: parameters, result: result, takesField: false)
    }.uniqued()
  }
}

extension Array where Element: Hashable {
  /// The elements without later ones that are equal.
  fileprivate func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
