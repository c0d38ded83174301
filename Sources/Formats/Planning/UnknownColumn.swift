/// A name in the topology's `columns:` that the source does not have.
package struct UnknownColumn: Sendable, Equatable {
  /// The name as given.
  package var name: String
  /// The most similar name that the source has, if one is similar at all.
  package var nearest: String?
}
