import Operators
import PipelineCore
import Testing
import Wire
import ZeroMQ

@testable import Runtime

@Suite struct ComputerTests {
  private static let ventilator = NodeIncarnation(2, 20)
  private static let worker = NodeIncarnation(4, 40)

  /// What a worker with these operators answers.
  private func answers(
    to packet: Packet, _ specification: StageSpecification?,
    registry: OperatorRegistry = OperatorRegistry()
  ) throws -> [Answer] {
    var computer = Computer(registry: registry)
    if let specification { computer.prepare(specification, WorkerMeter(NodeIncarnation(4, 40))) }
    return try answers(to: packet, &computer)
  }

  private func answers(to packet: Packet, _ computer: inout Computer) throws -> [Answer] {
    let (header, payload) = packet.shared
    let finished = computer.process(9, header, payload, WorkerMeter(Self.worker))
    #expect(finished.token == 9)
    let message = try #require(finished.messages.first)
    let results = try Answer.all(
      in: Packet(frame: Array(message.header.bytes), payload: Array(message.payload.bytes)))
    #expect(results.sender == Self.worker)
    return results.answers
  }

  private func pack(_ texts: [String], at start: Int64 = 0) -> Packet {
    .lane(texts, from: Self.ventilator, to: Self.worker, at: start)
  }

  @Test func largeResultsGoInSeveralMessages() throws {
    var computer = Computer(registry: OperatorRegistry())
    computer.prepare(StageSpecification(["echo"]), WorkerMeter(NodeIncarnation(4, 40)))
    let text = String(repeating: "x", count: RuntimeLimits.resultsMessage / 2 + 1)
    let (header, payload) = pack([text, text, text]).shared
    let finished = computer.process(9, header, payload, WorkerMeter(Self.worker))
    let answers = try finished.messages.map { message in
      try Answer.all(
        in: Packet(frame: Array(message.header.bytes), payload: Array(message.payload.bytes)))
    }
    #expect(answers.map { $0.answers.map(\.index) } == [[0, 1], [2]])
  }

  @Test func theMeterTellsOfEachPartitionOfALongPack() throws {
    let meter = WorkerMeter(Self.worker)
    let seen = Shared<[(partitions: UInt64, underWay: UInt32?)]>([])
    let registry = OperatorRegistry("look") { partition, _ in
      let now = (meter.progress.partitions, meter.underWay(at: MonotonicClock.now)?.partition.index)
      seen.update { $0.append(now) }
      if partition.copy == bytes("bad") { throw OperatorError(.data, "why") }
      return PartitionCounts(rows: 10, skipped: 2)
    }
    var computer = Computer(registry: registry)
    computer.prepare(StageSpecification(["look"]), WorkerMeter(NodeIncarnation(4, 40)))
    #expect(meter.underWay(at: MonotonicClock.now) == nil)
    let (header, payload) = pack(["a", "bad", "long"]).shared
    _ = computer.process(9, header, payload, meter)
    #expect(seen.value.map(\.partitions) == [0, 1, 2])
    #expect(seen.value.map(\.underWay) == [0, 1, 2])
    #expect(meter.underWay(at: MonotonicClock.now) == nil)
    #expect(meter.progress == Beat.Progress(partitions: 3, bytes: 8, rows: 20, skipped: 4))
  }

  @Test func noFurtherPartitionIsBegunForAnAbandonedIncarnation() throws {
    let meter = WorkerMeter(Self.worker)
    let calls = Shared(0)
    let registry = OperatorRegistry("leave") { _, _ in
      calls.update { $0 += 1 }
      if calls.value == 2 { meter.abandon() }
      return PartitionCounts(rows: 1)
    }
    var computer = Computer(registry: registry)
    computer.prepare(StageSpecification(["leave"]), WorkerMeter(NodeIncarnation(4, 40)))
    let (header, payload) = pack(["a", "b", "c", "d"]).shared
    let finished = computer.process(9, header, payload, meter)
    #expect(finished.token == 9)
    #expect(finished.messages.isEmpty)
    #expect(calls.value == 2)
    // The next incarnation's packs are computed.
    #expect(try answers(to: pack(["e"]), &computer).count == 1)
  }

  @Test func aPartitionIsNeverToldWithTheStartOfAnother() throws {
    let meter = WorkerMeter(Self.worker)
    let count: UInt32 = 3_000_000
    let writer = try EngineThread(name: "writer") {
      // Each partition begins at the nanosecond of its index.
      for index in 1...count {
        meter.begin(
          PartitionID(stage: ~index, index: index), at: Instant(nanoseconds: Int64(index)))
        meter.finish(bytes: 1, rows: 1, skipped: 1)
      }
    }
    let now = Instant(nanoseconds: 1 << 40)
    while meter.progress.partitions < count {
      guard let underWay = meter.underWay(at: now) else { continue }
      let index = underWay.partition.index
      #expect(underWay.partition.stage == ~index)
      #expect(underWay.elapsed.nanoseconds == now.nanoseconds - Int64(index))
    }
    writer.join()
    #expect(meter.underWay(at: now) == nil)
  }

  @Test func whatBeganAfterTheClockWasReadHasTakenNoTime() {
    let meter = WorkerMeter(Self.worker)
    meter.begin(PartitionID(stage: 1, index: 2), at: Instant(nanoseconds: 100))
    #expect(
      meter.underWay(at: Instant(nanoseconds: 90))
        == Beat.UnderWay(
          partition: PartitionID(stage: 1, index: 2), elapsed: Span(nanoseconds: 0)))
  }

  @Test func anUnknownOperatorIsTheAnswerToEveryPartition() throws {
    let answers = try answers(to: pack(["a", "b", "c"]), StageSpecification(["sqll"]))
    #expect(answers.map(\.index) == [0, 1, 2])
    for answer in answers {
      #expect(answer.failure?.kind == .configuration)
      #expect(answer.failure?.message.contains("unknown operator 'sqll'") == true)
      #expect(answer.failure?.message.contains("stage 'report'") == true)
    }
  }

  @Test func partitionsBeforeTheirStageMayBeTriedAgain() throws {
    let answers = try answers(to: pack(["a"]), nil)
    #expect(answers.map { $0.failure?.kind } == [.operating])
  }

  @Test func anOperatorsErrorNamesThePlaceInTheFile() throws {
    let registry = OperatorRegistry("parse") { partition, result in
      result.append(bytes("half a result"))
      if partition.copy.contains(UInt8(ascii: "x")) {
        throw OperatorError(.data, "'x' is not a number", recordOffset: 7, field: 2)
      }
      return PartitionCounts(rows: 2, skipped: 1, outputRows: 3)
    }
    let answers = try answers(
      to: pack(["1,2\n", "1,2\n3,4\n5,x\n", "6"], at: 5_000_000_000),
      StageSpecification(["parse"]), registry: registry)
    #expect(
      answers[1].failure
        == Failure(.data, "'x' is not a number", file: 0, offset: 5_000_000_011, field: 2))
    for answer in [answers[0], answers[2]] {
      #expect(answer.bytes == bytes("half a result"))
      #expect(answer.counts == [2, 1, 3])
    }
  }

  @Test(arguments: [
    (OperatorError.Code.data, Failure.Kind.data), (.configuration, .configuration),
    (.operating, .operating),
  ])
  func kindsOfErrorsAreKept(code: OperatorError.Code, kind: Failure.Kind) throws {
    let registry = OperatorRegistry("fail") { _, _ in throw OperatorError(code, "why") }
    let answers = try answers(to: pack(["a"]), StageSpecification(["fail"]), registry: registry)
    #expect(answers.map(\.failure) == [Failure(kind, "why")])
  }

  @Test func anErrorOfAnotherTypeMayBeTriedAgain() throws {
    let registry = OperatorRegistry("fail") { _, _ in throw RuntimeError("no memory") }
    let answers = try answers(to: pack(["a"]), StageSpecification(["fail"]), registry: registry)
    #expect(answers.map(\.failure) == [Failure(.operating, "no memory")])
  }

  @Test func operatorsWorkOneAfterTheOther() throws {
    var registry = OperatorRegistry("reverse") { partition, result in
      result.append(partition.copy.reversed())
      return PartitionCounts(rows: 5, skipped: 1, outputRows: 4)
    }
    registry.register("mark") { _ in
      ClosureOperator { partition, result in
        result.append(partition.copy + [UInt8(ascii: "!")])
        return PartitionCounts(rows: 70, skipped: 80, outputRows: 9)
      }
    }
    let texts = ["abc", "", "defg"]
    let two = try answers(
      to: pack(texts), StageSpecification(["reverse", "mark"]), registry: registry)
    #expect(two.map { text($0.bytes) } == ["cba!", "!", "gfed!"])
    #expect(two.allSatisfy { $0.counts == [5, 1, 9] })
    let four = try answers(
      to: pack(texts), StageSpecification(["mark", "reverse", "mark", "reverse"]),
      registry: registry)
    #expect(four.map { text($0.bytes) } == ["!abc!", "!!", "!defg!"])
  }

  @Test func onlyTheFirstOperatorsErrorsHaveAPlaceInTheFile() throws {
    let registry = OperatorRegistry("fail") { _, result in
      result.append(bytes("rubbish"))
      throw OperatorError(.data, "why", recordOffset: 1, field: 1)
    }
    let answers = try answers(
      to: pack(["a", "b"]), StageSpecification(["echo", "fail"]), registry: registry)
    #expect(answers.map(\.failure) == [Failure(.data, "why"), Failure(.data, "why")])
  }

  @Test func damageOnTheWayMayBeTriedAgain() throws {
    var packet = pack(["first", "second"])
    packet.payload[0] ^= 4
    let answers = try answers(to: packet, StageSpecification(["echo"]))
    #expect(answers[0].failure?.kind == .operating)
    #expect(answers[0].failure?.message.contains("damaged on the way") == true)
    #expect(answers[1].bytes == bytes("second"))
  }

  @Test func aResultThatIsTooLargeIsRefusedWithARemedy() throws {
    let registry = OperatorRegistry("flood") { partition, result in
      guard partition.copy == bytes("big") else { return PartitionCounts(rows: 1) }
      // Reserved and never touched: no memory is used.
      _ = result.reserve(RuntimeLimits.inlinePartition + 1)
      result.advance(by: RuntimeLimits.inlinePartition + 1)
      return PartitionCounts(rows: 1)
    }
    let answers = try answers(
      to: pack(["big", "small"]), StageSpecification(["flood"]), registry: registry)
    #expect(answers[0].failure?.kind == .configuration)
    #expect(answers[0].failure?.message.contains("source.partition") == true)
    #expect(answers[1].failure == nil)
  }

  @Test func partitionsByReferenceAreReadFromTheFile() throws {
    try withDirectory { directory in
      let path = "\(directory)/data"
      try write(bytes("0123456789"), to: path)
      let file = StageSpecification.File(try inspect(path))
      var encoder = DataEncoder()
      encoder.begin(
        DataHeader(
          kind: .lane, stage: 0, run: .test, sender: Self.ventilator, subject: Self.worker))
      for (index, file) in [(0, 0), (1, 1)] as [(UInt32, UInt32)] {
        encoder.append(
          LaneEntry(
            index: index, attempt: 1, content: .reference(file: file, offset: 3, length: 4)))
      }
      encoder.seal()
      let packet = Packet(frame: encoder.withFrame { Array($0) }, payload: [])
      let answers = try answers(to: packet, StageSpecification(["echo"], files: [file]))
      #expect(answers[0].bytes == bytes("3456"))
      #expect(answers[1].failure?.kind == .operating)
    }
  }

  @Test func rangesAreHandedOnAsNumbers() throws {
    let registry = OperatorRegistry("show") { partition, result in
      guard case .range(let from, let count, let payload) = partition.content else {
        throw OperatorError(.configuration, "not a range")
      }
      result.append(bytes("\(from) \(count) \(payload.count)"))
      return PartitionCounts(rows: count)
    }
    let zeros = [UInt8](repeating: 0, count: 20)
    var encoder = DataEncoder()
    encoder.begin(
      DataHeader(kind: .lane, stage: 0, run: .test, sender: Self.ventilator, subject: Self.worker))
    encoder.append(
      LaneEntry(
        index: 0, attempt: 1,
        content: .range(
          from: -7, count: 10, length: 20, digest: zeros.withUnsafeBytes { Digest.xxh3($0) })))
    encoder.seal()
    let packet = Packet(frame: encoder.withFrame { Array($0) }, payload: zeros)
    let answers = try answers(to: packet, StageSpecification(["show"]), registry: registry)
    #expect(answers.map { text($0.bytes) } == ["-7 10 20"])
    #expect(answers.map(\.counts) == [[10, 0, 0]])
  }
}
