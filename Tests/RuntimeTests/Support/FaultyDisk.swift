import ResultStore

@testable import Runtime

/// A directory whose disk becomes full or cannot flush when a test wants it, and whose flushes wait
/// for the test.
final class FaultyDisk: StoreDisk {
  static let full = StoreError(
    .full, path: "/results", "no space is left", remedy: "free space, then go on")
  static let broken = StoreError(
    .disk, path: "/results", "cannot flush: input/output error", remedy: "look at the disk")

  private let disk: FileDisk
  /// Appends that are still taken.
  let room: Shared<Int>
  /// Flushes that still succeed.
  let flushesLeft: Shared<Int>
  /// The files flushed so far, in order.
  let flushed = Shared<[String]>([])
  /// Flushes that have begun.
  let begun = Shared(0)
  private let gate: StartGate?

  /// - Parameter gate: where each flush waits.
  init(
    _ directory: String, room: Int = .max, flushes: Int = .max, gate: StartGate? = nil
  ) throws(StoreError) {
    disk = try FileDisk(directory: directory)
    self.room = Shared(room)
    flushesLeft = Shared(flushes)
    self.gate = gate
  }

  func names() throws(StoreError) -> [String] { try disk.names() }
  func size(of name: String) throws(StoreError) -> Int64 { try disk.size(of: name) }

  func append(_ pieces: [UnsafeRawBufferPointer], to name: String) throws(StoreError) {
    guard take(one: room) else { throw Self.full }
    try disk.append(pieces, to: name)
  }

  func flush(_ name: String) throws(StoreError) {
    begun.update { $0 += 1 }
    do { try gate?.wait() } catch { throw Self.broken }
    guard take(one: flushesLeft) else { throw Self.broken }
    try disk.flush(name)
    flushed.update { $0.append(name) }
  }

  func read(
    _ name: String, at offset: Int64, into memory: UnsafeMutableRawBufferPointer
  ) throws(StoreError) { try disk.read(name, at: offset, into: memory) }

  func truncate(_ name: String, to size: Int64) throws(StoreError) {
    try disk.truncate(name, to: size)
  }

  func remove(_ name: String) throws(StoreError) { try disk.remove(name) }

  private func take(one count: Shared<Int>) -> Bool {
    var taken = false
    count.update { count in
      taken = count > 0
      if taken { count -= 1 }
    }
    return taken
  }
}
