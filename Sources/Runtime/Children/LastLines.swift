import Synchronization

/// The last lines of a stream of bytes: bounded in number and in length, whatever comes.
final class LastLines: Sendable {
  private struct State {
    var lines: [String] = []
    /// The start of the line that has not ended yet.
    var open: [UInt8] = []
  }

  private let state = Mutex(State())
  private let limit: Int

  /// Bytes that are kept of a line: its first.
  static let lineLength = 500

  /// Keeps `limit` lines.
  init(limit: Int) { self.limit = limit }

  /// The lines, oldest first; also the last one when no line feed ended it. Empty ones say nothing
  /// and are left out.
  var all: [String] {
    state.withLock { state in
      var copy = state
      end(&copy)
      return copy.lines
    }
  }

  /// Takes in the next bytes.
  func add(_ bytes: UnsafeRawBufferPointer) {
    state.withLock { state in
      for byte in bytes {
        if byte == UInt8(ascii: "\n") {
          end(&state)
        } else if state.open.count < Self.lineLength {
          state.open.append(byte)
        }
      }
    }
  }

  private func end(_ state: inout State) {
    if state.open.last == UInt8(ascii: "\r") { state.open.removeLast() }
    guard !state.open.isEmpty else { return }
    if state.lines.count == limit { state.lines.removeFirst() }
    state.lines.append(String(decoding: state.open, as: UTF8.self))
    state.open.removeAll(keepingCapacity: true)
  }
}
