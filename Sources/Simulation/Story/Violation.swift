import PipelineCore

/// A promise that was broken.
struct Violation: Error {
  var message: String
  /// The partition concerned, where there is one.
  var partition: UInt32?

  init(_ message: String, _ partition: UInt32? = nil) {
    self.message = message
    self.partition = partition
  }
}
