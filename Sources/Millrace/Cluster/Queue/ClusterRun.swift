import Foundation
import PipelineCore

/// A run of a cluster: what is known of it apart from its submission.
struct ClusterRun: Codable, Sendable, Equatable {
  /// As people call it.
  let id: String
  /// As messages name it; never 0.
  let number: UInt64
  /// The client's: the same token is the same run.
  let token: UInt64
  /// Rises in the order of submission.
  let order: UInt64
  /// The topology's name.
  let topology: String
  /// Milliseconds since 1970.
  let submitted: Int64
  /// Whether somebody wants it to end.
  var isCancelled = false
  /// How it ended; `nil` while it waits or goes on.
  var outcome: ClusterOutcome?

  /// The run as messages name it.
  var run: RunID { RunID(rawValue: number) }
}
