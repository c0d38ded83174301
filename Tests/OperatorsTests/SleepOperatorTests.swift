import Operators
import Testing

@Suite struct SleepOperatorTests {
  /// What the operator with this configuration answers to a partition.
  private func answer(
    _ content: PartitionInput.Content, file: Int = -1, offset: Int64 = 0,
    configuration: String = #"{"milliseconds":0}"#
  ) throws -> (text: String, counts: PartitionCounts) {
    let part = try OperatorRegistry().make("sleep", configuration: Array(configuration.utf8))
      .makeWorkerPart()
    var result = ResultBuffer()
    let counts = try part.process(
      PartitionInput(content: content, file: file, offset: offset), into: &result)
    return (String(decoding: result.bytes, as: UTF8.self), counts)
  }

  private static var nothing: UnsafeRawBufferPointer { .init(start: nil, count: 0) }

  @Test func numbersAreAnsweredLineByLine() throws {
    let (text, counts) = try answer(.range(from: -1, count: 3, payload: Self.nothing))
    #expect(text == "-1\n0\n1\n")
    #expect(counts == PartitionCounts(rows: 3, outputRows: 3))
  }

  @Test func bytesAreAnsweredWithTheirPlace() throws {
    let (text, counts) = try "abcde".utf8CString.withUnsafeBytes { bytes in
      try answer(.bytes(UnsafeRawBufferPointer(rebasing: bytes[..<5])), file: 2, offset: 4096)
    }
    #expect(text == "2,4096,5\n")
    #expect(counts == PartitionCounts(rows: 0, outputRows: 1))
  }

  @Test(arguments: [1, 30])
  func eachPartitionTakesItsTime(milliseconds: Int) throws {
    let start = ContinuousClock.now
    _ = try answer(
      .range(from: 0, count: 1, payload: Self.nothing),
      configuration: #"{"milliseconds":\#(milliseconds)}"#)
    #expect(ContinuousClock.now - start >= .milliseconds(milliseconds))
  }

  @Test func resultsAreJoinedInOrder() throws {
    let sleep = try SleepOperator(configuration: Array(#"{"milliseconds":3600000}"#.utf8))
    #expect(sleep.milliseconds == 3_600_000)
    #expect(sleep.makeSinkPart().merge == .concatenate)
  }

  @Test(arguments: [
    ("", "needs a whole number of milliseconds and nothing else"),
    ("{}", "needs a number of milliseconds"),
    ("500", "needs a whole number of milliseconds and nothing else"),
    (#"{"milliseconds":"500"}"#, "needs a whole number of milliseconds and nothing else"),
    (#"{"milliseconds":0.5}"#, "needs a whole number of milliseconds and nothing else"),
    (#"{"milliseconds":-1}"#, "cannot wait -1 milliseconds"),
    (#"{"milliseconds":3600001}"#, "cannot wait 3600001 milliseconds"),
    (#"{"milliseconds":1,"seconds":1}"#, "does not know 'seconds'"),
  ])
  func wrongConfigurationIsRefused(configuration: String, message: String) {
    let error = #expect(throws: OperatorError.self) {
      try OperatorRegistry().make("sleep", configuration: Array(configuration.utf8))
    }
    #expect(error?.code == .configuration)
    #expect(error?.message.hasPrefix("sleep \(message): give it configuration: {") == true)
  }
}

@Suite struct OperatorRegistryTests {
  @Test func builtInOperatorsAreThere() {
    #expect(OperatorRegistry().names == ["echo", "noop", "sleep"])
  }

  @Test func unknownNameIsRefusedWithTheKnownOnes() {
    let error = #expect(throws: OperatorError.self) {
      try OperatorRegistry().make("slep", configuration: [])
    }
    #expect(error?.message == "unknown operator 'slep'; this binary knows: echo, noop, sleep")
  }
}
