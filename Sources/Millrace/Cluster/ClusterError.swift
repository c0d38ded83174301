/// Why something cannot be done in a cluster, for people.
struct ClusterError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What happened, where, why and what to do.
  var message: String

  init(_ message: String) { self.message = message }

  var description: String { message }
}
