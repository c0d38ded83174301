/// When a partition is delivered as its place in a file rather than as bytes.
package enum ReferencePolicy: Sendable, Equatable {
  /// To every worker: all are on this host.
  case always
  /// To the workers that have found the files to be the very same where they are.
  case whenSeen
  /// To none.
  case never
}
