import ResultStore
import Simulation
import Testing

@Suite struct SimulatedDiskTests {
  @Test("A seed decides what is left", arguments: 0..<20 as Range<UInt64>)
  func deterministic(seed: UInt64) throws {
    func left() throws -> [String: [UInt8]] {
      let disk = SimulatedDisk(seed: seed)
      for index in 0..<10 as Range<UInt8> {
        try disk.append(Array(repeating: index, count: 700), to: "\(index % 3)")
        if index == 5 { try disk.flush("1") }
      }
      disk.losePower()
      return disk.contents
    }
    #expect(try left() == left())
  }

  @Test("Flushed bytes stay, unflushed ones go every way they may")
  func outcomes() throws {
    let flushed: [UInt8] = Array(repeating: 1, count: 300)
    let fresh: [UInt8] = Array(repeating: 2, count: 2_000)
    var outcomes: Set<String> = []
    for seed in 0..<400 as Range<UInt64> {
      let disk = SimulatedDisk(seed: seed)
      try disk.append(flushed, to: "a")
      try disk.flush("a")
      try disk.append(fresh, to: "a")
      try disk.append(fresh, to: "new")
      disk.losePower()
      let file = try #require(disk.contents["a"])
      #expect(Array(file.prefix(300)) == flushed)
      let tail = file.dropFirst(300)
      if tail.isEmpty {
        outcomes.insert("nothing")
      } else if tail.elementsEqual(fresh) {
        outcomes.insert("all")
      } else if tail.allSatisfy({ $0 == 2 }) {
        outcomes.insert("prefix")
      } else if tail.contains(where: { $0 != 0 && $0 != 2 }) {
        outcomes.insert("noise")
      } else if let zero = tail.firstIndex(of: 0), tail[zero...].contains(2) {
        outcomes.insert("out of order")
      } else {
        outcomes.insert("zeros")
      }
      switch disk.contents["new"] {
      case nil: outcomes.insert("missing")
      case []?: outcomes.insert("empty")
      default: break
      }
    }
    #expect(
      outcomes == [
        "nothing", "all", "prefix", "noise", "out of order", "zeros", "missing", "empty",
      ])
  }

  @Test("A cut that was not flushed may be undone, one that was may not")
  func cuts() throws {
    var undone = 0
    for seed in 0..<100 as Range<UInt64> {
      let disk = SimulatedDisk(seed: seed)
      try disk.append(Array(repeating: 1, count: 100), to: "a")
      try disk.flush("a")
      try disk.truncate("a", to: 40)
      if seed % 2 == 0 { try disk.flush("a") }
      disk.losePower()
      let size = try #require(disk.contents["a"]?.count)
      if seed % 2 == 0 { #expect(size == 40) } else if size == 100 { undone += 1 }
    }
    #expect((1..<50).contains(undone))
  }

  @Test("A removal that was not flushed may be undone")
  func removals() throws {
    var undone = 0
    for seed in 0..<100 as Range<UInt64> {
      let disk = SimulatedDisk(seed: seed)
      for name in ["a", "b"] {
        try disk.append([1], to: name)
        try disk.flush(name)
      }
      try disk.remove("a")
      if seed % 2 == 0 { try disk.flush("b") }
      disk.losePower()
      guard disk.contents["a"] != nil else { continue }
      #expect(seed % 2 == 1)
      undone += 1
    }
    #expect((1..<50).contains(undone))
  }

  @Test("When the power is gone every call fails until it is back")
  func power() throws {
    let disk = SimulatedDisk(seed: 1)
    try disk.append([1], to: "a")
    disk.failPower(atOperation: 2)
    try disk.flush("a")
    #expect(throws: StoreError.self) { try disk.append([2], to: "a") }
    #expect(throws: StoreError.self) { try disk.names() }
    disk.losePower()
    #expect(try disk.names() == ["a"])
    #expect(disk.operations == 5)
  }
}

extension SimulatedDisk {
  fileprivate func append(_ bytes: [UInt8], to name: String) throws(StoreError) {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    defer { memory.deallocate() }
    memory.copyBytes(from: bytes)
    try append([UnsafeRawBufferPointer(memory)], to: name)
  }
}
