import Foundation
import Synchronization
import Testing

/// A `millrace` process that a test has started.
///
/// `@unchecked Sendable`: `Process` is changed before it runs only; afterwards one test asks it.
final class RunningCommand: @unchecked Sendable {
  /// Seconds after which a command is killed and its test fails.
  static let deadline = 60.0

  private let process = Process()
  private let started = Date()
  private let output = PipeReader()
  private let errors = PipeReader()

  /// Starts a program.
  init(
    _ executable: String, _ arguments: [String], environment: [String: String],
    in directory: URL? = nil
  ) throws {
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.environment = environment
    if let directory { process.currentDirectoryURL = directory }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output.pipe
    process.standardError = errors.pipe
    try process.run()
    output.start()
    errors.start()
  }

  /// Whether it goes on.
  var isRunning: Bool { process.isRunning }

  /// The process's id.
  var processID: Int32 { process.processIdentifier }

  /// The ids of its worker processes.
  var workers: [Int32] { ProcessTable.children(of: processID) }

  /// Sends it a signal.
  func send(_ signal: Int32) { kill(processID, signal) }

  /// Waits until this many workers are in the middle of their work.
  ///
  /// - Returns: their ids.
  func waitUntilWorking(_ count: Int = 2) throws -> [Int32] {
    try Condition.wait("\(count) workers that compute") {
      guard process.isRunning else { throw EndedEarly() }
      let workers = workers
      // Far more than it takes to start, far less than the work takes.
      guard workers.count == count,
        workers.allSatisfy({ ProcessTable.processorSeconds(of: $0) >= 0.15 })
      else { return nil }
      return workers
    }
  }

  /// The command ended before the test could do anything to it.
  struct EndedEarly: Error {}

  /// Waits for the end; past the deadline the command and its workers are killed.
  ///
  /// - Parameter watchingMemory: whether to look at the processes' memory on the way.
  func wait(
    watchingMemory: Bool = false, sourceLocation: SourceLocation = #_sourceLocation
  ) -> CommandResult {
    var peak = 0
    while process.isRunning {
      if watchingMemory {
        for id in [processID] + workers { peak = max(peak, ProcessTable.peakMemory(of: id)) }
      }
      if Date().timeIntervalSince(started) > Self.deadline {
        Issue.record(
          "still running after \(Self.deadline) s: \(process.arguments ?? [])",
          sourceLocation: sourceLocation)
        for id in workers + [processID] { kill(id, SIGKILL) }
        break
      }
      Condition.pause()
    }
    process.waitUntilExit()
    let seconds = Date().timeIntervalSince(started)
    let status = process.terminationStatus
    return CommandResult(
      status: process.terminationReason == .exit ? status : 128 + status,
      standardOutput: output.text(), standardError: errors.text(), seconds: seconds,
      peakMemory: peak)
  }
}

/// Reads a pipe to its end on a thread of its own, so that a process never waits for its reader.
private final class PipeReader: Sendable {
  let pipe = Pipe()
  private let bytes = Mutex(Data())
  private let ended = DispatchSemaphore(value: 0)

  func start() {
    Thread.detachNewThread { [self] in
      let all = pipe.fileHandleForReading.readDataToEndOfFile()
      bytes.withLock { $0 = all }
      ended.signal()
    }
  }

  /// All that was written, once the last writer is gone.
  func text() -> String {
    if ended.wait(timeout: .now() + 10) == .timedOut {
      Issue.record("a process that the command left behind holds its output open")
    }
    return bytes.withLock { String(decoding: $0, as: UTF8.self) }
  }
}
