import Formats
import Topology
import PipelineCore
import Runtime

/// What a run did, in figures.
struct RunSummary {
  /// The topology's name.
  let topology: String
  let target: OutputTarget
  /// Worker processes.
  let workers: Int
  let report: RunReport
  /// From the start of the command to its end, in seconds.
  let wallSeconds: Double

  /// Seconds from the first partition sent to the last receipt; never 0.
  private var seconds: Double { max(report.workingSeconds, 1e-6) }
  private var stored: Beat.Progress { report.snapshot.stored }
  /// Bytes of input.
  private var bytes: UInt64 { report.snapshot.cut.bytes }

  /// Of ``stored``, what this session did.
  private var fresh: Beat.Progress {
    Beat.Progress(
      partitions: stored.partitions - report.recovered.partitions,
      bytes: stored.bytes - report.recovered.bytes, rows: stored.rows - report.recovered.rows)
  }

  /// Bytes of input that this session did, told from its share of the partitions.
  private var freshBytes: Double {
    Double(bytes) * Double(fresh.partitions) / Double(max(stored.partitions, 1))
  }

  /// For people.
  var lines: [String] {
    // Operators that take bytes as they are count no rows, and numbers carry no bytes.
    let countsRows = stored.rows > 0 || bytes == 0
    let partitions = Quantity.plural(stored.partitions, "partition")
    var amounts = [
      countsRows ? "\(Quantity.plural(stored.rows, "row")) in \(partitions)" : partitions
    ]
    var rates: [String] = []
    if countsRows { rates.append("\(Quantity.rate(Double(fresh.rows) / seconds)) rows/s") }
    if bytes > 0 {
      amounts.append(Quantity.bytes(Double(bytes)))
      rates.append("\(Quantity.bytes(freshBytes / seconds))/s")
    }
    amounts.append("\(Quantity.seconds(wallSeconds)) (\(rates.joined(separator: ", ")))")
    amounts.append(Quantity.plural(workers, "worker"))
    var lines = ["\(topology): \(amounts.joined(separator: ", "))"]
    if stored.skipped > 0 {
      lines.append("left out: \(Quantity.plural(stored.skipped, "bad record"))")
    }
    if report.recovered.partitions > 0 {
      lines.append(
        "stored before and not done again: \(Quantity.plural(report.recovered.partitions, "partition"))"
      )
    }
    if report.snapshot.deaths > 0 {
      lines.append(
        "lost: \(Quantity.plural(report.snapshot.deaths, "worker")), "
          + "\(Quantity.plural(report.snapshot.requeued, "partition")) re-queued")
      lines += deaths
    }
    if report.snapshot.failedAttempts > 0 {
      lines.append("tried again: \(Quantity.plural(report.snapshot.failedAttempts, "partition"))")
    }
    let second = report.snapshot.cut.secondAttempts
    if second > 0 {
      lines.append("second attempts beside slow ones: \(Quantity.count(second))")
    }
    if report.snapshot.quarantined > 0 {
      lines.append(
        "in quarantine: \(Quantity.plural(report.snapshot.quarantined, "partition"))")
    }
    if stored.duplicates > 0 {
      lines.append("arrived twice and counted once: \(Quantity.count(stored.duplicates))")
    }
    if case .finished(let rows, let size) = report.outcome, case .file(let path) = target {
      lines.append(
        "result: \(path) (\(Quantity.plural(rows, "row")), \(Quantity.bytes(Double(size))))")
    }
    return lines
  }

  private var deaths: [String] {
    report.events.compactMap { event in
      guard case .lost(let loss) = event, loss.roles.contains(.worker), loss.cause != .left
      else { return nil }
      let cause =
        switch loss.cause {
        case .exited(let exit): exit.description
        case .missedBeats(let count): "missed \(count) beats"
        case .replaced: "started again"
        case .stuck(let partition, _): "was stuck at partition \(partition.index)"
        case .evicted: "was given up by the ventilator"
        case .left: "left"
        case .revoked: "was shut out: its key was revoked"
        }
      let requeued = report.events.compactMap { event -> UInt32? in
        guard case .requeued(loss.node, _, let count, _) = event else { return nil }
        return count
      }.first
      let taken = requeued.map { "; \(Quantity.plural($0, "partition")) re-queued" } ?? ""
      return "  \(loss.name) (pid \(loss.processID)) \(cause)\(taken)"
    }
  }

  /// For programs.
  var json: JSONObject {
    var object = JSONObject(event: "summary")
    object.set("rows", stored.rows)
    object.set("bytes", bytes)
    object.set("partitions", stored.partitions)
    object.set("seconds", report.workingSeconds)
    object.set("wall_seconds", wallSeconds)
    object.set("rows_per_second", Double(fresh.rows) / seconds)
    object.set("bytes_per_second", freshBytes / seconds)
    object.set("partitions_per_second", Double(fresh.partitions) / seconds)
    object.set("workers", workers)
    object.set("deaths", report.snapshot.deaths)
    object.set("requeued", report.snapshot.requeued)
    object.set("duplicates", stored.duplicates)
    object.set("second_attempts", report.snapshot.cut.secondAttempts)
    object.set("resumed_partitions", report.recovered.partitions)
    object.set("quarantined", report.snapshot.quarantined)
    object.set("skipped", stored.skipped)
    object.set("coordinator_peak_memory", PeakMemory.ofThisProcess)
    object.set("worker_peak_memory", PeakMemory.ofLargestChild)
    switch report.outcome {
    case .finished(let rows, let size):
      object.set("output_rows", rows)
      object.set("output_bytes", size)
      if case .file(let path) = target {
        object.set("output", path)
      } else {
        object.set("output", nil as String?)
      }
      if case .capture = target {
        object.set("table", String(decoding: report.captured, as: UTF8.self))
      }
    case .failed: object.set("output", nil as String?)
    }
    return object
  }
}
