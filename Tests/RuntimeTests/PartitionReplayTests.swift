import Operators
import PipelineCore
import Testing
import Wire

@testable import Runtime

@Suite struct PartitionReplayTests {
  private let upper = OperatorRegistry("upper") { partition, result in
    let whole = partition.copy
    result.append(bytes("\(partition.file)@\(partition.offset):" + text(whole).uppercased()))
    return PartitionCounts(rows: whole.count, skipped: 1, outputRows: 2)
  }

  @Test func aSliceOfAFileGivesWhatAWorkerGave() throws {
    let replay = try PartitionReplay(
      StageSpecification(["upper", "echo"]), index: 9,
      slice: .file(index: 3, offset: 1000, length: 3, bytes: bytes("abc")), registry: upper)
    #expect(text(replay.result) == "3@1000:ABC")
    #expect(replay.digest == replay.result.withUnsafeBytes { Digest.xxh3($0) })
    #expect(replay.counts.rows == 3)
    #expect(replay.counts.skipped == 1)
    #expect(replay.elapsed >= Span(nanoseconds: 0))
  }

  @Test func aRangeCarriesItsBytes() throws {
    let replay = try PartitionReplay(
      StageSpecification(["echo"]), index: 0, slice: .range(from: -5, count: 4, payload: 3),
      registry: OperatorRegistry())
    #expect(replay.result == [UInt8](repeating: 0, count: 12))
    #expect(replay.counts.rows == 4)
  }

  @Test func anEmptySliceIsASlice() throws {
    let replay = try PartitionReplay(
      StageSpecification(["echo"]), index: 0,
      slice: .file(index: 0, offset: 0, length: 0, bytes: []),
      registry: OperatorRegistry())
    #expect(replay.result == [])
    #expect(replay.digest == Digest.empty)
  }

  @Test func aFailureIsTheWorkersWithItsPlace() throws {
    let registry = OperatorRegistry("parse") { _, _ in
      throw OperatorError(.data, "not a number", recordOffset: 5, field: 3)
    }
    let found = failure {
      _ = try PartitionReplay(
        StageSpecification(["parse"]), index: 9,
        slice: .file(index: 3, offset: 1000, length: 3, bytes: bytes("abc")), registry: registry)
    }
    #expect(found == Failure(.data, "not a number", file: 3, offset: 1005, field: 3))
  }

  @Test func anOperatorThatIsNotThereIsNamed() {
    let found = failure {
      _ = try PartitionReplay(
        StageSpecification(["nothing-like-it"]), index: 0,
        slice: .file(index: 0, offset: 0, length: 0, bytes: []), registry: OperatorRegistry())
    }
    #expect(found?.kind == .configuration)
    #expect(found?.message.contains("nothing-like-it") == true)
    #expect(found?.message.contains("'report'") == true)
  }
}
