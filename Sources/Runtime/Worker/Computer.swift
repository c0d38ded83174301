import Operators
import PipelineCore
import Wire
import ZeroMQ

/// What the compute thread keeps: the stage that is set up and the encoder.
struct Computer {
  private let registry: OperatorRegistry
  private let isOnOneHost: Bool
  private var stage: Result<StageRunner, Failure>
  private var encoder = DataEncoder()

  private static let unprepared = Failure(
    .operating, "partitions arrived before the description of their stage")

  /// A computer that no stage was given.
  ///
  /// - Parameter isOnOneHost: as in ``ComputeThread/init(registry:isOnOneHost:deliver:)``.
  init(registry: OperatorRegistry, isOnOneHost: Bool = true) {
    self.registry = registry
    self.isOnOneHost = isOnOneHost
    stage = .failure(Self.unprepared)
  }

  /// Makes a stage's operators; a failure is the answer to every partition that follows. Tells the
  /// meter when the stage's files are the very same here.
  mutating func prepare(_ specification: StageSpecification, _ meter: WorkerMeter) {
    do {
      let runner = try StageRunner(
        specification, registry: registry, isOnOneHost: isOnOneHost)
      if runner.seesFiles { meter.noteFiles() }
      stage = .success(runner)
    } catch {
      stage = .failure(Failure(.configuration, "stage '\(specification.name)': \(error)"))
    }
  }

  /// Lets go of the stage.
  mutating func forget() { stage = .failure(Self.unprepared) }

  /// Processes the partitions of a lane message that was validated on arrival, as the incarnation of
  /// a meter, which is told of each. Stops between two partitions when the meter is abandoned.
  mutating func process(
    _ token: UInt64, _ header: SharedMessage, _ payload: SharedMessage, _ meter: WorkerMeter
  ) -> ComputeThread.Finished {
    header.withUnsafeBytes { header in
      payload.withUnsafeBytes { payload in
        let message = DataMessage.lane(validated: header, payload: payload)
        return answer(token, message.header, message.entries, meter)
      }
    }
  }

  private mutating func answer(
    _ token: UInt64, _ header: DataHeader, _ entries: LaneEntries,
    _ meter: WorkerMeter
  ) -> ComputeThread.Finished {
    var finished = ComputeThread.Finished(token: token, messages: [])
    let resultsHeader = DataHeader(
      kind: .results, stage: header.stage, run: header.run, sender: meter.identity, subject: nil)
    var memory = ResultMemory()
    encoder.begin(resultsHeader)
    // One look at the clock ends a partition and begins the next.
    var start = MonotonicClock.now
    for (entry, payload) in entries {
      if meter.isAbandoned { return finished }
      if meter.isRecalled(entry.index, attempt: entry.attempt) { continue }
      if memory.buffer.count >= RuntimeLimits.resultsMessage {
        finished.messages.append(seal(memory))
        memory = ResultMemory()
        encoder.begin(resultsHeader)
      }
      meter.begin(PartitionID(stage: header.stage, index: entry.index), at: start)
      var result = answer(entry, payload, into: memory)
      meter.finish(bytes: entry.size, rows: result.rows, skipped: result.skipped)
      let end = MonotonicClock.now
      result.microseconds = UInt32(clamping: (end - start).nanoseconds / 1000)
      start = end
      encoder.append(result)
    }
    if encoder.count > 0 { finished.messages.append(seal(memory)) }
    return finished
  }

  /// The message of the entries since the encoder began.
  private mutating func seal(
    _ memory: ResultMemory
  ) -> (header: SharedMessage, payload: SharedMessage) {
    encoder.seal()
    return (
      encoder.withFrame { SharedMessage(Message(copying: $0)) },
      SharedMessage(Message(adopting: memory.buffer.bytes, owner: memory))
    )
  }

  private func answer(
    _ entry: LaneEntry, _ payload: UnsafeRawBufferPointer, into memory: ResultMemory
  ) -> ResultEntry {
    let before = memory.buffer.count
    do throws(Failure) {
      let runner = try stage.get()
      let counts = try runner.process(entry, payload: payload, into: memory)
      let length = memory.buffer.count - before
      guard length <= RuntimeLimits.inlinePartition else {
        memory.buffer.truncate(to: before)
        throw Failure(
          .configuration,
          "the result of partition \(entry.index) has \(length) bytes, more than the limit of "
            + "\(RuntimeLimits.inlinePartition); choose a smaller `source.partition`")
      }
      return ResultEntry(
        index: entry.index, attempt: entry.attempt, kind: .result, length: length,
        digest: digest(of: memory, from: before), rows: UInt32(clamping: counts.rows),
        skipped: UInt32(clamping: counts.skipped), outputRows: UInt32(clamping: counts.outputRows))
    } catch {
      memory.buffer.truncate(to: before)
      let bytes = error.encoded()
      memory.buffer.append(bytes)
      return ResultEntry(
        index: entry.index, attempt: entry.attempt, kind: .failure, length: bytes.count,
        digest: digest(of: memory, from: before))
    }
  }

  private func digest(of memory: ResultMemory, from start: Int) -> UInt64 {
    let bytes = memory.buffer.bytes
    guard bytes.count > start else { return Digest.empty }
    return Digest.xxh3(UnsafeRawBufferPointer(rebasing: bytes[start...]))
  }
}

extension LaneEntry {
  /// Bytes of input, wherever they are.
  var size: Int {
    switch content {
    case .inline(_, _, let length, _), .reference(_, _, let length), .range(_, _, let length, _):
      length
    case .compressed(_, _, _, _, let size): Int(size)
    }
  }
}
