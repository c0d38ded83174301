import Operators
import PipelineCore
import Testing
import Wire
import ZeroMQ

@testable import Runtime

@Suite struct LanePackerTests {
  private static let ventilator = NodeIncarnation(2, 20)
  private static let worker = NodeIncarnation(4, 40)

  private func packer(_ files: [SourceFile]) -> LanePacker {
    LanePacker(files: files, run: .test, stage: 3, sender: Self.ventilator)
  }

  /// Packs the partitions and reads the message as a worker would.
  private func pack(
    _ packer: inout LanePacker, _ grants: [Ventilator.Grant], byReference: Bool = false
  ) throws -> (header: DataHeader, entries: [LaneEntry], payloads: [[UInt8]]) {
    let packed = try packer.pack(grants, for: Self.worker, byReference: byReference)
    let packet = Packet(frame: packed.header.copyBytes(), payload: packed.payload.copyBytes())
    return try packet.open { message in
      guard case .lane(let list) = message.content else {
        Issue.record("not a lane message")
        return (message.header, [], [])
      }
      var (entries, payloads): ([LaneEntry], [[UInt8]]) = ([], [])
      for (entry, payload) in list {
        try entry.verify(payload: payload)
        entries.append(entry)
        payloads.append(Array(payload))
      }
      return (message.header, entries, payloads)
    }
  }

  private func withFile(_ body: ([UInt8], SourceFile) throws -> Void) throws {
    try withDirectory { directory in
      let content = pattern(10_000)
      try write(content, to: "\(directory)/data")
      try body(content, try inspect("\(directory)/data"))
    }
  }

  @Test func inlinePartitionsTravelWithTheirBytesAndDigests() throws {
    try withFile { content, file in
      var packer = packer([file])
      packer.add(.file(index: 0, offset: 0, length: 4000))
      packer.add(.file(index: 0, offset: 4000, length: 0))
      packer.add(.file(index: 0, offset: 4000, length: 6000))
      let message = try pack(
        &packer,
        [.init(index: 2, attempt: 3), .init(index: 1, attempt: 1), .init(index: 0, attempt: 2)])
      #expect(
        message.header
          == DataHeader(
            kind: .lane, stage: 3, run: .test, sender: Self.ventilator, subject: Self.worker))
      #expect(message.entries.map(\.index) == [2, 1, 0])
      #expect(message.entries.map(\.attempt) == [3, 1, 2])
      #expect(message.payloads == [Array(content[4000...]), [], Array(content[..<4000])])
      guard case .inline(0, 4000, 6000, _) = message.entries[0].content else {
        Issue.record("\(message.entries[0].content)")
        return
      }
    }
  }

  @Test func compressedPartitionsComeBackWhole() throws {
    try withFile { content, file in
      var packer = LanePacker(
        files: [file], compresses: true, run: .test, stage: 3, sender: Self.ventilator)
      packer.add(.file(index: 0, offset: 1000, length: 9000))
      packer.add(.file(index: 0, offset: 0, length: 0))
      packer.add(.range(from: 5, count: 2, payload: 3))
      let message = try pack(&packer, (0..<3).map { .init(index: $0, attempt: 1) })
      guard case .compressed(0, 1000, let length, _, 9000) = message.entries[0].content else {
        Issue.record("\(message.entries[0].content)")
        return
      }
      #expect(length < 9000)
      let decompressor = Zstandard.Decompressor()
      let bytes = try message.payloads[0].withUnsafeBytes {
        try Array(decompressor.decompress($0, size: 9000))
      }
      #expect(bytes == Array(content[1000...]))
      // What gets no smaller travels as it is.
      #expect(
        message.entries[1].content == .inline(file: 0, offset: 0, length: 0, digest: Digest.empty))
      #expect(message.payloads[2] == Array(repeating: 0, count: 6))
      let reference = try pack(&packer, [.init(index: 0, attempt: 2)], byReference: true)
      #expect(reference.payloads == [[]])
    }
  }

  @Test func referencesCarryNoBytes() throws {
    try withFile { _, file in
      var packer = packer([file])
      packer.add(.file(index: 0, offset: 0, length: 4000))
      packer.add(.file(index: 0, offset: 4000, length: 6000))
      packer.release(0...0)
      let message = try pack(&packer, [.init(index: 1, attempt: 1)], byReference: true)
      #expect(message.entries.map(\.content) == [.reference(file: 0, offset: 4000, length: 6000)])
      #expect(message.payloads == [[]])
    }
  }

  @Test(arguments: [true, false])
  func rangesCarryTheirPayload(byReference: Bool) throws {
    var packer = packer([])
    packer.add(.range(from: -5, count: 10, payload: 3))
    packer.add(.range(from: 5, count: 7, payload: 0))
    let message = try pack(
      &packer, [.init(index: 0, attempt: 1), .init(index: 1, attempt: 1)],
      byReference: byReference)
    guard case .range(-5, 10, 30, _) = message.entries[0].content,
      case .range(5, 7, 0, _) = message.entries[1].content
    else {
      Issue.record("\(message.entries)")
      return
    }
    #expect(message.payloads == [[UInt8](repeating: 0, count: 30), []])
  }

  @Test func theStageIsTheFirstMessage() throws {
    var packer = packer([])
    var specification = StageSpecification(["echo"])
    specification.stage = 3
    let packed = packer.stageMessage(specification, for: Self.worker)
    let packet = Packet(frame: packed.header.copyBytes(), payload: packed.payload.copyBytes())
    try packet.open { message in
      guard case .stage(let told) = message.content else {
        Issue.record("not a stage message")
        return
      }
      #expect(told == specification)
      #expect(message.header.subject == Self.worker)
    }
  }

  @Test func aFileThatChangedIsNotSent() throws {
    try withFile { _, file in
      var packer = packer([file])
      packer.add(.file(index: 0, offset: 0, length: 4000))
      try FileChange.rewritten.happen(to: file.path)
      let found = failure { _ = try pack(&packer, [.init(index: 0, attempt: 1)]) }
      #expect(found?.kind == .configuration)
      #expect(found?.message.contains(file.path) == true)
    }
  }
}
