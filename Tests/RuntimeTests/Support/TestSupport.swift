import Foundation
import Logging
import PipelineCore
import Synchronization
import Testing
import ZeroMQ

@testable import Runtime

/// The longest that anything in these tests is waited for.
let patience: Duration = .seconds(20)

/// Says nothing.
let silentLog = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// Runs a test with a context and a private directory of its own. On the way out every socket must
/// be closed and every message sent or given up.
func withContext(_ body: (Context, PrivateDirectory) throws -> Void) throws {
  let context = try Context()
  let directory = try PrivateDirectory(temporary: "mr")
  defer { removeTree(directory.path) }
  do {
    try body(context, directory)
  } catch {
    Issue.record(error)
  }
  try context.terminate(within: .seconds(10))
  #expect(context.openSocketCount == 0)
}

extension PrivateDirectory {
  /// A directory in this one for the sockets of one session: those of the session before may not be
  /// closed yet.
  func session(_ name: String) throws -> PrivateDirectory {
    try PrivateDirectory(creating: "\(path)/\(name)")
  }
}

/// Runs a test with a directory of its own.
func withDirectory(_ body: (String) throws -> Void) throws {
  let directory = try PrivateDirectory(temporary: "mr")
  defer { removeTree(directory.path) }
  try body(directory.path)
}

/// Removes a directory and all in it.
func removeTree(_ path: String) {
  do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) }
}

/// The names in a directory, sorted.
func names(in path: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: path).sorted()
}

/// Writes a file.
func write(_ bytes: [UInt8], to path: String) throws {
  try Data(bytes).write(to: URL(fileURLWithPath: path))
}

/// Reads a file.
func contents(of path: String) throws -> [UInt8] {
  try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
}

/// The bytes of a text.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The text of bytes.
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// Bytes that tell their place.
func pattern(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) } }

/// The ``Failure`` that `body` throws; a failed expectation if it throws none.
func failure(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) -> Failure? {
  #expect(throws: Failure.self, sourceLocation: sourceLocation) { try body() }
}

/// The ``RuntimeError`` that `body` throws; a failed expectation if it throws none.
func runtimeError(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) -> RuntimeError? {
  #expect(throws: RuntimeError.self, sourceLocation: sourceLocation) { try body() }
}

/// A value that threads of a test share.
final class Shared<Value: Sendable>: Sendable {
  private let mutex: Mutex<Value>

  init(_ value: Value) { mutex = Mutex(value) }

  var value: Value { mutex.withLock { $0 } }

  func update(_ change: (inout Value) -> Void) { mutex.withLock { change(&$0) } }

  /// Waits until the value fits; false if it does not in time.
  func waits(until fits: (Value) -> Bool) -> Bool {
    let deadline = ContinuousClock.now + patience
    while ContinuousClock.now < deadline {
      if fits(value) { return true }
      sched_yield()
    }
    return false
  }
}

/// Waits until something holds, without keeping a thread from the tasks that bring it about; false
/// if it does not in time.
func holds(_ condition: () throws -> Bool) async rethrows -> Bool {
  let deadline = ContinuousClock.now + patience
  while ContinuousClock.now < deadline {
    if try condition() { return true }
    await Task.yield()
  }
  return false
}

/// SplitMix64: the same numbers for the same seed.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// Random bytes, at most `limit`.
  mutating func bytes(atMost limit: Int) -> [UInt8] {
    (0..<Int.random(in: 0...limit, using: &self)).map { _ in
      UInt8.random(in: 0...255, using: &self)
    }
  }
}
