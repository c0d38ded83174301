import Foundation
import ResultStore
import Testing

@Suite struct FileDiskTests {
  @Test("A store on files is recovered by another process's disk")
  func roundTrip() throws {
    let place = try TestDirectory()
    var random = Random(seed: 3)
    let samples = (0..<200 as Range<UInt32>).map { random.sample($0, upTo: 40_000) }
    let disk = try FileDisk(directory: place.path + "/results")
    var store = try openStore(on: disk, segmentSize: 300_000)
    for start in stride(from: 0, to: 200, by: 20) {
      let block = Array(samples[start..<start + 20])
      let places = try store.append(block)
      for (sample, place) in zip(block, places) {
        #expect(try store.bytes(at: place, digest: sample.digest) == sample.payload)
      }
      try store.flush(disk)
    }
    let other = try FileDisk(directory: place.path + "/results")
    let (shown, report) = try recover(other)
    #expect(shown == samples && report.isClean && report.segments > 3)
    try store.removeAll()
    #expect(try other.names().isEmpty)
  }

  @Test("More than a thousand pieces of an append arrive in order")
  func manyPieces() throws {
    let place = try TestDirectory()
    let disk = try FileDisk(directory: place.path)
    var store = try openStore(on: disk)
    var random = Random(seed: 1)
    let samples = (0..<2_500 as Range<UInt32>).map {
      Sample(index: $0, payload: random.bytes($0 % 3 == 0 ? 3 : 4_100))
    }
    try store.append(samples)
    #expect(try recover(disk).samples == samples)
  }

  @Test("Files and the directory are for this user alone")
  func permissions() throws {
    let place = try TestDirectory()
    let disk = try FileDisk(directory: place.path + "/results")
    var store = try openStore(on: disk)
    try store.append([Sample(index: 1)])
    for (path, mode) in [("/results", 0o700), ("/results/000001.segment", 0o600)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: place.path + path)
      #expect(attributes[.posixPermissions] as? Int == mode)
    }
  }

  @Test("Directories and links in the directory are no files")
  func names() throws {
    let place = try TestDirectory()
    let manager = FileManager.default
    try manager.createDirectory(
      atPath: place.path + "/000001.segment", withIntermediateDirectories: false)
    try manager.createSymbolicLink(
      atPath: place.path + "/000002.segment", withDestinationPath: "/etc/passwd")
    let disk = try FileDisk(directory: place.path)
    #expect(try disk.names().isEmpty)
    #expect(throws: StoreError.self) { try disk.append([], to: "000002.segment") }
  }

  @Test("Errors name the path, the cause and the remedy")
  func errors() throws {
    let place = try TestDirectory()
    let disk = try FileDisk(directory: place.path)
    var error = #expect(throws: StoreError.self) { try disk.size(of: "none") }
    #expect(error?.code == .missing && error?.path == place.path + "/none")
    #expect(error?.description.contains("No such file") == true)
    #expect(error?.remedy.isEmpty == false)
    #expect(throws: StoreError.self) { try disk.flush("none") }
    try disk.remove("none")

    error = #expect(throws: StoreError.self) { try FileDisk(directory: place.path + "/a/b") }
    #expect(error?.code == .missing)
    try Data().write(to: URL(filePath: place.path + "/file"))
    error = #expect(throws: StoreError.self) { try FileDisk(directory: place.path + "/file") }
    #expect(error?.code == .place)

    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 8, alignment: 1)
    defer { memory.deallocate() }
    error = #expect(throws: StoreError.self) { try disk.read("file", at: 0, into: memory) }
    #expect(error?.code == .damaged)
  }

  @Test("After a failed flush nothing is appended or flushed, whichever file it is")
  func failedFlush() throws {
    let place = try TestDirectory()
    let disk = try FileDisk(directory: place.path)
    var store = try openStore(on: disk)
    try store.append([Sample(index: 1)])
    // A pipe has nothing that could be flushed: the system refuses.
    #expect(mkfifo(place.path + "/pipe", 0o600) == 0)
    let error = try #require(#expect(throws: StoreError.self) { try disk.flush("pipe") })
    #expect(error.path == place.path + "/pipe" && error.cause.contains("cannot flush"))
    #expect(throws: error) { try disk.flush("000001.segment") }
    #expect(throws: error) { try store.append([Sample(index: 2)]) }
    #expect(try recover(FileDisk(directory: place.path)).samples == [Sample(index: 1)])
  }

  @Test("Descriptors are bounded however many segments there are")
  func descriptors() throws {
    let place = try TestDirectory()
    let disk = try FileDisk(directory: place.path)
    var store = try openStore(on: disk, segmentSize: 1)
    var places: [ResultPlace] = []
    for index in 0..<300 as Range<UInt32> {
      places += try store.append([Sample(index: index, payload: [UInt8(index & 255)])])
    }
    #expect(try Self.openSegments(in: place.path) <= FileDisk.maximumOpen)
    try store.flush(disk)
    for (index, place) in places.enumerated() {
      #expect(try store.bytes(at: place) == [UInt8(index & 255)])
    }
    #expect(try Self.openSegments(in: place.path) <= FileDisk.maximumOpen)
  }

  private static func openSegments(in directory: String) throws -> Int {
    let descriptors = "/proc/self/fd"
    guard FileManager.default.fileExists(atPath: descriptors) else { return 0 }
    return try FileManager.default.contentsOfDirectory(atPath: descriptors).count { name in
      // The descriptor of the listing itself is gone by now.
      guard
        let target = try? FileManager.default.destinationOfSymbolicLink(
          atPath: "\(descriptors)/\(name)")
      else { return false }
      return target.hasPrefix(directory) && target.hasSuffix(".segment")
    }
  }

  @Test("Another thread flushes while appends go on")
  func flushingThread() async throws {
    let place = try TestDirectory()
    let disk = try FileDisk(directory: place.path)
    let (names, feed) = AsyncStream.makeStream(of: String.self)
    let flushing = Task.detached {
      var count = 0
      for await name in names {
        try disk.flush(name)
        count += 1
      }
      return count
    }
    var store = try openStore(on: disk, segmentSize: 5_000)
    for index in 0..<400 as Range<UInt32> {
      try store.append([Sample(index: index, payload: Array(repeating: 1, count: 100))])
      for name in store.takeUnflushed() { feed.yield(name) }
    }
    feed.finish()
    #expect(try await flushing.value >= 10)
    #expect(try recover(disk).samples.count == 400)
  }

  @Test(
    "A full file system costs no result that was stored before",
    .enabled(if: SmallDisk.isPossible, "this user may not mount a file system"))
  func fullFileSystem() throws {
    let small = try SmallDisk()
    let disk = try FileDisk(directory: small.path + "/results")
    var store = try openStore(on: disk)
    var kept: [Sample] = []
    let error = #expect(throws: StoreError.self) {
      for index in 0..<1_000 as Range<UInt32> {
        let sample = Sample(index: index, payload: Array(repeating: 7, count: 3_100 + Int(index)))
        try store.append([sample])
        kept.append(sample)
      }
    }
    #expect(error?.code == .full)
    #expect(error?.description.contains("No space left") == true)
    #expect(error?.remedy.contains("free space") == true)
    #expect(kept.count > 10)
    let (shown, report) = try recover(disk)
    #expect(shown == kept && report.isClean)
    // What was cut off makes room for a smaller one.
    let last = Sample(index: 5_000)
    try store.append([last])
    #expect(try recover(disk).samples == kept + [last])
  }
}
