import Foundation
import Testing

@testable import Runtime

@Suite struct OutputFileTests {
  @Test(arguments: [[0], [1, 10, 100], [300_000], [262_143, 1, 1, 262_144, 5], [1_000_000, 7]])
  func nothingIsSeenBeforeTheCommitAndAllAfterIt(pieces: [Int]) throws {
    try withDirectory { directory in
      let path = "\(directory)/out.csv"
      let file = try OutputFile(path: path, tag: "t1")
      let whole = pattern(pieces.reduce(0, +))
      var position = 0
      for piece in pieces {
        try whole[position..<(position + piece)].withUnsafeBytes { try file.write($0) }
        position += piece
      }
      #expect(try names(in: directory) == [".out.csv.t1.partial"])
      try file.commit()
      #expect(try names(in: directory) == ["out.csv"])
      #expect(try contents(of: path) == whole)
      #expect(file.byteCount == UInt64(whole.count))
      file.discard()
      #expect(try names(in: directory) == ["out.csv"])
    }
  }

  @Test func whatStoodThereStaysUntilTheCommit() throws {
    try withDirectory { directory in
      let path = "\(directory)/out.csv"
      try write(bytes("old"), to: path)
      var file: OutputFile? = try OutputFile(path: path, tag: "t")
      try bytes("new").withUnsafeBytes { try file?.write($0) }
      #expect(try contents(of: path) == bytes("old"))
      file?.discard()
      #expect(try names(in: directory) == ["out.csv"])
      file = try OutputFile(path: path, tag: "t")
      file = nil
      #expect(try names(in: directory) == ["out.csv"])
      #expect(try contents(of: path) == bytes("old"))
      file = try OutputFile(path: path, tag: "t")
      try bytes("new").withUnsafeBytes { try file?.write($0) }
      try file?.commit()
      #expect(try contents(of: path) == bytes("new"))
    }
  }

  @Test func missingDirectoriesAreMade() throws {
    try withDirectory { directory in
      let path = "\(directory)/a/b/out.csv"
      try OutputFile(path: path, tag: "t").commit()
      #expect(try contents(of: path).isEmpty)
    }
  }

  @Test func aDirectoryIsRefused() throws {
    try withDirectory { directory in
      try FileManager.default.createDirectory(
        atPath: "\(directory)/out", withIntermediateDirectories: false)
      let error = runtimeError { _ = try OutputFile(path: "\(directory)/out", tag: "t") }
      #expect(error?.message.hasPrefix("\(directory)/out: ") == true)
      #expect(error?.message.contains("directory") == true)
      #expect(try names(in: directory) == ["out"])
    }
  }

  /// A rename would put a file in the place of the device.
  @Test func aDeviceIsRefused() {
    let error = runtimeError { _ = try OutputFile(path: "/dev/null", tag: "t") }
    #expect(error?.message.contains("/dev/null") == true)
    #expect(error?.message.contains("not a regular file") == true)
  }

  @Test func aPlaceThatCannotBeWrittenIsNamed() throws {
    try withDirectory { directory in
      try write([], to: "\(directory)/file")
      for path in ["\(directory)/file/out.csv", "/proc/none/out.csv"] {
        let error = runtimeError { _ = try OutputFile(path: path, tag: "t") }
        #expect(error?.message.contains(path) == true)
      }
      #expect(try names(in: directory) == ["file"])
    }
  }

  #if os(Linux)
  @Test func aFullDiskIsSaidWithARemedy() throws {
    let descriptor = open("/dev/full", O_WRONLY | O_CLOEXEC)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    let error = runtimeError {
      try bytes("data").withUnsafeBytes {
        try writeAll($0, to: descriptor, path: "/data/out.csv")
      }
    }
    #expect(error?.message.contains("/data/out.csv") == true)
    #expect(error?.message.contains("No space left") == true)
    #expect(error?.message.contains("free space") == true)
  }
  #endif

  @Test func capturedOutputHasALimitThatIsSaid() throws {
    let writer = try OutputWriter(.capture, tag: "t")
    try bytes("abc").withUnsafeBytes { try writer.write($0) }
    let most = [UInt8](repeating: 1, count: OutputTarget.maximumCapture - 3)
    try most.withUnsafeBytes { try writer.write($0) }
    let error = runtimeError { try [1].withUnsafeBytes { try writer.write($0) } }
    #expect(error?.message.contains("64 MiB") == true)
    #expect(error?.message.contains("sink: { file") == true)
    #expect(writer.captured.count == OutputTarget.maximumCapture)
    #expect(writer.captured.prefix(4) == [97, 98, 99, 1])
  }

  @Test func discardedOutputIsCounted() throws {
    let writer = try OutputWriter(.discard, tag: "t")
    try pattern(100).withUnsafeBytes { try writer.write($0) }
    try writer.commit()
    #expect(writer.byteCount == 100)
    #expect(writer.captured.isEmpty)
  }
}
