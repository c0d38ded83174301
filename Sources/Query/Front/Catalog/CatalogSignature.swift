package import Columnar

/// One overload of something that can be called, as the catalogs have it: what tools list and
/// tests try out.
package struct CatalogSignature: Sendable, Hashable {
  /// How a call is written.
  package enum Kind: Sendable, Hashable {
    /// `name(a, b)`.
    case function
    /// `a name b`.
    case binaryOperator
    /// `name a`.
    case prefixOperator
    /// `name(a, b)` over the rows of a group.
    case aggregate
    /// `name(a) WITHIN GROUP (ORDER BY b)`.
    case orderedSetAggregate
  }

  package var kind: Kind
  package var name: String
  /// The parameters' types.
  package var parameters: [ColumnType]
  /// The result's type.
  package var result: ColumnType
  /// Indexes of the parameters that take constants only.
  package var constants: Set<Int> = []
  /// Whether the first argument is a constant that names a field of a date or time.
  package var takesField = false
}
