import ResultStore

extension SimulatedDisk.State {
  /// The file of this name.
  func file(_ name: String) throws(StoreError) -> SimulatedFile {
    guard let file = files[name] else { throw Self.error(.missing, name, "there is no such file") }
    return file
  }

  /// Appends as much as the injected failures let through.
  mutating func append(_ bytes: [UInt8], to name: String) throws(StoreError) {
    if let failure { throw failure }
    let failsAfter = appendFailsAfter
    appendFailsAfter = nil
    let written = min(bytes.count, space ?? .max, failsAfter ?? .max)
    files[name, default: SimulatedFile()].append(bytes[..<written])
    space = space.map { $0 - written }
    if failsAfter != nil { throw Self.error(.disk, name, "cannot append: Input/output error") }
    if written < bytes.count {
      throw Self.error(.full, name, "cannot append: No space left on device")
    }
  }

  /// Flushes, or fails for good. A flush that the loss of power interrupts may be done or not.
  mutating func flush(_ name: String) throws(StoreError) {
    if let failure { throw failure }
    var file = try file(name)
    if lastOperation == operations, random.once(in: 2) { return }
    if flushFails {
      flushFails = false
      file.isDoubtful = true
      files[name] = file
      let error = Self.error(.disk, name, "cannot flush: Input/output error")
      failure = error
      throw error
    }
    file.flush()
    files[name] = file
    removed = [:]
  }

  /// Cuts off the end, or fails.
  mutating func truncate(_ name: String, to size: Int) throws(StoreError) {
    var file = try file(name)
    precondition(size <= file.bytes.count, "a file is cut, not made longer")
    if truncateFails {
      truncateFails = false
      throw Self.error(.disk, name, "cannot cut the file: Input/output error")
    }
    space = space.map { $0 + file.bytes.count - size }
    file.truncate(to: size)
    files[name] = file
  }

  /// A failure of this disk.
  static func error(_ code: StoreError.Code, _ name: String, _ cause: String) -> StoreError {
    StoreError(
      code, path: "simulated/\(name)", cause, remedy: "look at the seed and what was injected")
  }
}
