import Operators
import PipelineCore
import Testing

@testable import Runtime

/// By reference and inline, a slice is the same bytes, and a file that changed is found.
@Suite struct FileReadingTests {
  enum Way: CaseIterable { case reference, inline }

  /// Reads a slice of a file as a worker or a ventilator would.
  final class Reader {
    private let way: Way
    private let map: FileMap
    private var reader: FileReader

    init(_ way: Way, _ files: [SourceFile]) {
      self.way = way
      map = FileMap(files: files.map { StageSpecification.File($0) })
      reader = FileReader(files: files.map { StageSpecification.File($0) })
    }

    func read(file: Int = 0, offset: Int64, length: Int) throws -> [UInt8] {
      switch way {
      case .reference:
        return try map.withSlice(file: file, offset: offset, length: length) { bytes, _ in
          Array(bytes)
        }
      case .inline:
        var bytes = [UInt8](repeating: 0, count: length)
        try bytes.withUnsafeMutableBytes { try reader.read(file: file, offset: offset, into: $0) }
        return bytes
      }
    }
  }

  @Test(arguments: Way.allCases)
  func slicesHaveTheRightBytesAtAnyOffset(way: Way) throws {
    try withDirectory { directory in
      let content = pattern(3 * 4096 + 123)
      try write(content, to: "\(directory)/a")
      try write(bytes("other"), to: "\(directory)/b")
      let reader = Reader(way, [try inspect("\(directory)/a"), try inspect("\(directory)/b")])
      for offset in [0, 1, 4095, 4096, 4097, 8192, 12_288, 12_400] {
        for length in [0, 1, 3, 10, 4096, 8000] where offset + length <= content.count {
          let got = try reader.read(offset: Int64(offset), length: length)
          #expect(got == Array(content[offset..<(offset + length)]))
        }
      }
      #expect(try reader.read(offset: 0, length: content.count) == content)
      #expect(try reader.read(file: 1, offset: 1, length: 4) == bytes("ther"))
      #expect(try reader.read(offset: 12_410, length: 1) == [content[12_410]])
    }
  }

  @Test func aMappingHoldsWhatIsBeingReadOnly() throws {
    try withDirectory { directory in
      let content = pattern(8 * MappedWindow.length + 4711)
      try write(content, to: "\(directory)/a")
      let map = FileMap(files: [StageSpecification.File(try inspect("\(directory)/a"))])
      let offset = 4099
      try map.withSlice(file: 0, offset: Int64(offset), length: content.count - offset) {
        bytes, progress in
        let window = try #require(progress as? MappedWindow)
        // Twice, as a partition of several queries is read.
        for _ in 0..<2 {
          for place in stride(from: 0, to: bytes.count, by: 1 << 16) {
            window.reached(place)
            #expect(window.present.contains(place + offset % 4096))
            #expect(window.present.count <= 2 * MappedWindow.length + MappedWindow.length / 2)
            #expect(bytes[place] == content[place + offset])
          }
          window.reached(bytes.count)
          #expect(bytes[0] == content[offset], "what was let go can still be read")
        }
      }
    }
  }

  @Test(arguments: Way.allCases, FileChange.allCases)
  func aFileThatChangedFailsTheRunWithItsName(way: Way, change: FileChange) throws {
    try withDirectory { directory in
      let path = "\(directory)/data.csv"
      try write(pattern(5000), to: path)
      let planned = try inspect(path)
      try change.happen(to: path)
      let reader = Reader(way, [planned])
      let found = failure { _ = try reader.read(offset: 10, length: 100) }
      #expect(found?.kind == .configuration)
      #expect(found?.message.contains(path) == true)
      #expect(found?.message.contains("changed") == true)
      #expect(found?.file == 0)
    }
  }

  @Test(arguments: Way.allCases, [FileChange.longer, .shorter, .rewritten])
  func aFileThatChangesWhileItIsReadIsFound(way: Way, change: FileChange) throws {
    try withDirectory { directory in
      let path = "\(directory)/data.csv"
      try write(pattern(5000), to: path)
      let reader = Reader(way, [try inspect(path)])
      #expect(try reader.read(offset: 0, length: 100) == pattern(100))
      try change.happen(to: path)
      let found = failure { _ = try reader.read(offset: 0, length: 100) }
      #expect(found?.kind == .configuration)
      #expect(found?.message.contains(path) == true)
    }
  }

  @Test(arguments: Way.allCases)
  func whatLiesBeyondTheEndIsRefused(way: Way) throws {
    try withDirectory { directory in
      let path = "\(directory)/data.csv"
      try write(pattern(5000), to: path)
      let reader = Reader(way, [try inspect(path)])
      for (offset, length) in [(4990, 11), (5000, 1), (9000, 1)] as [(Int64, Int)] {
        let found = failure { _ = try reader.read(offset: offset, length: length) }
        #expect(found?.message.contains(path) == true)
      }
      #expect(try reader.read(offset: 4990, length: 10).count == 10)
    }
  }

  @Test func offsetsFromAPeerNeverTrap() throws {
    try withDirectory { directory in
      let path = "\(directory)/data.csv"
      try write(pattern(5000), to: path)
      let map = FileMap(files: [StageSpecification.File(try inspect(path))])
      for (offset, length) in [(Int64.max, 1), (-1, 1), (Int64.max - 5, Int.max), (.min, 7)] {
        _ = failure { _ = try map.withSlice(file: 0, offset: offset, length: length) { _, _ in } }
      }
      let unknown = failure { _ = try map.withSlice(file: 1, offset: 0, length: 1) { _, _ in } }
      #expect(unknown?.message.contains("file 1") == true)
    }
  }

  @Test(arguments: Way.allCases)
  func aFileThatIsGoneIsNamed(way: Way) throws {
    let path = "/tmp/no-such-file-of-millrace"
    let file = SourceFile(path: path, size: 10, modified: 0, inode: 1, device: 1)
    let reader = Reader(way, [file])
    let found = failure { _ = try reader.read(offset: 0, length: 1) }
    #expect(found?.kind == .operating)
    #expect(found?.message.contains(path) == true)
    #expect(found?.message.contains("check that it exists") == true)
  }
}
