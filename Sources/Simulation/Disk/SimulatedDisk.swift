package import ResultStore
import Synchronization

/// A disk in memory that loses what a real one may lose when the power goes, and fails on demand.
///
/// What happens is decided by the seed and the calls alone. Reads see all that was appended. What was
/// not flushed may, when the power goes, be there, be missing, be there in part or be other bytes:
/// see ``losePower()``.
package final class SimulatedDisk: StoreDisk {
  let state: Mutex<State>

  /// All of the disk.
  struct State: Sendable {
    var random: SplitMix64
    var files: [String: SimulatedFile] = [:]
    /// Files that were removed, but not durably.
    var removed: [String: SimulatedFile] = [:]
    /// Why nothing is appended or flushed any more.
    var failure: StoreError?
    /// Calls so far.
    var operations = 0
    /// The number of the call at which the power goes.
    var lastOperation: Int?
    /// Bytes that may still be appended.
    var space: Int?
    /// Bytes that the next append writes before it fails.
    var appendFailsAfter: Int?
    var flushFails = false
    var truncateFails = false
  }

  /// An empty disk.
  package init(seed: UInt64) { state = Mutex(State(random: SplitMix64(seed: seed))) }

  package func names() throws(StoreError) -> [String] {
    try operate { state throws(StoreError) in
      state.files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }

  package func size(of name: String) throws(StoreError) -> Int64 {
    try operate { state throws(StoreError) in Int64(try state.file(name).bytes.count) }
  }

  package func append(
    _ pieces: [UnsafeRawBufferPointer], to name: String
  ) throws(StoreError) {
    var bytes: [UInt8] = []
    for piece in pieces { bytes.append(contentsOf: piece) }
    try operate { state throws(StoreError) in try state.append(bytes, to: name) }
  }

  package func flush(_ name: String) throws(StoreError) {
    try operate { state throws(StoreError) in try state.flush(name) }
  }

  package func read(
    _ name: String, at offset: Int64, into memory: UnsafeMutableRawBufferPointer
  ) throws(StoreError) {
    let bytes = try operate { state throws(StoreError) in try state.file(name).bytes }
    guard offset >= 0, Int64(bytes.count) - Int64(memory.count) >= offset else {
      throw State.error(.damaged, name, "the file ends before byte \(offset + Int64(memory.count))")
    }
    memory.copyBytes(from: bytes[Int(offset)..<Int(offset) + memory.count])
  }

  package func truncate(_ name: String, to size: Int64) throws(StoreError) {
    try operate { state throws(StoreError) in try state.truncate(name, to: Int(size)) }
  }

  package func remove(_ name: String) throws(StoreError) {
    try operate { state throws(StoreError) in
      guard let file = state.files.removeValue(forKey: name) else { return }
      state.removed[name] = file
    }
  }

  /// Counts a call and carries it out, unless the power is gone; at the call at which it goes, the
  /// call is carried out, but not answered.
  private func operate<Answer: Sendable>(
    _ body: (inout State) throws(StoreError) -> Answer
  ) throws(StoreError) -> Answer {
    try state.withLock { state throws(StoreError) in
      state.operations += 1
      guard let last = state.lastOperation else { return try body(&state) }
      if state.operations == last { _ = try body(&state) }
      guard state.operations < last else {
        throw State.error(.disk, "", "the power is gone")
      }
      return try body(&state)
    }
  }
}
