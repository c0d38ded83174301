import PipelineCore
import ResultStore

/// The thread that makes results durable, so that the sink goes on taking in others meanwhile. All that
/// waits when a flush begins shares it.
final class FlushThread: Sendable {
  /// How a flush went.
  enum Outcome: Sendable {
    /// All up to and including this token's results are durable.
    case flushed(token: UInt64)
    case failed(any Error)
  }

  private enum Job: Sendable {
    case flush(token: UInt64, files: [String])
    case stop
  }

  /// Where results come faster than the disk takes them, flushes begin no sooner after one another: each
  /// costs about the same, however much it makes durable.
  private static let interval = Span.milliseconds(5)

  private let jobs: Inbox<Job>
  private let outcomes: Inbox<Outcome>
  private let thread: EngineThread

  /// Starts the thread. After a flush that failed it flushes no more: what the system dropped from
  /// its cache would seem to be flushed the next time.
  ///
  /// - Parameter untilDurable: called before the first flush counts; what it throws is a failed flush.
  /// - Throws: ``RuntimeError``.
  init(
    disk: any StoreDisk, untilDurable: @escaping @Sendable () throws -> Void = {}
  ) throws(RuntimeError) {
    let jobs = try Inbox<Job>()
    let outcomes = try Inbox<Outcome>()
    self.jobs = jobs
    self.outcomes = outcomes
    thread = try EngineThread(name: "flush") {
      var hasFailed = false
      var isFirst = true
      var begun = MonotonicClock.now
      var isBehind = false
      while true {
        jobs.wait()
        // Waking up early does no harm.
        if isBehind { MonotonicClock.sleep(until: begun + Self.interval) }
        var last: UInt64?
        var files: [String] = []
        let list = jobs.drain()
        isBehind = list.count > 1
        begun = MonotonicClock.now
        for job in list {
          switch job {
          case .stop: return
          case .flush(let token, let names):
            last = token
            for name in names where !files.contains(name) { files.append(name) }
          }
        }
        guard let last, !hasFailed else { continue }
        do {
          for name in files { try disk.flush(name) }
          if isFirst { try untilDurable() }
          isFirst = false
          outcomes.post(.flushed(token: last))
        } catch {
          hasFailed = true
          outcomes.post(.failed(error))
        }
      }
    }
  }

  /// Readable while outcomes may be waiting.
  var descriptor: CInt { outcomes.descriptor }

  /// Flushes these files, and answers with the token. What is outstanding is bounded by credit.
  func flush(_ files: [String], token: UInt64) {
    jobs.post(.flush(token: token, files: files))
  }

  /// The outcomes since the last call, in order.
  func takeOutcomes() -> [Outcome] { outcomes.drain() }

  deinit {
    // After the flush that is going on.
    jobs.post(.stop)
    thread.join()
  }
}
