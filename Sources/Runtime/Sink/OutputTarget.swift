/// Where a run's output goes.
package enum OutputTarget: Sendable, Equatable {
  /// A file, by absolute path.
  case file(String)
  /// Memory, for standard output; up to ``maximumCapture`` bytes.
  case capture
  /// Nowhere: results are counted and dropped.
  case discard

  /// Whether results are counted and dropped.
  var discardsResults: Bool { self == .discard }

  /// The largest output that is shown on standard output, in bytes.
  package static let maximumCapture = 64 << 20
}

/// Takes the output's bytes in order.
final class OutputWriter {
  private let file: OutputFile?
  private let target: OutputTarget
  private(set) var captured: [UInt8] = []
  private(set) var byteCount: UInt64 = 0

  /// Opens the target.
  ///
  /// - Throws: ``RuntimeError`` when the file cannot be written.
  init(_ target: OutputTarget, tag: String) throws(RuntimeError) {
    self.target = target
    file = if case .file(let path) = target { try OutputFile(path: path, tag: tag) } else { nil }
  }

  /// Appends bytes.
  func write(_ bytes: UnsafeRawBufferPointer) throws(RuntimeError) {
    byteCount += UInt64(bytes.count)
    switch target {
    case .file: try file?.write(bytes)
    case .discard: break
    case .capture:
      guard captured.count + bytes.count <= OutputTarget.maximumCapture else {
        throw RuntimeError(
          "the output is larger than \(OutputTarget.maximumCapture >> 20) MiB, which is the most "
            + "that is shown on standard output; write it to a file with `sink: { file: … }`")
      }
      captured.append(contentsOf: bytes)
    }
  }

  /// Puts the whole output in its place.
  func commit() throws(RuntimeError) { try file?.commit() }

  /// Removes what was written.
  func discard() { file?.discard() }
}
