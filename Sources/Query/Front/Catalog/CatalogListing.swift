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
    overloads.compactMap { overload in
      if case .refused = overload.meaning { return nil }
      return CatalogSignature(
        kind: kind, name: name, parameters: overload.parameters, result: overload.result,
        takesField: overload.isOfField)
    }
  }

  private static var aggregates: [CatalogSignature] {
    AggregateCatalog.names.flatMap { name -> [CatalogSignature] in
      guard let entry = AggregateCatalog.aggregate(named: name) else { return [] }
      let signatures =
        entry.signatures
        ?? ColumnType.allCases.map { AggregateCatalog.Signature(parameter: $0, result: .bigint) }
      return signatures.map { signature in
        CatalogSignature(
          kind: .aggregate, name: name, parameters: [signature.parameter],
          result: signature.result, takesField: false)
      }
    }
  }
}
