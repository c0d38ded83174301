package import Operators

extension PlannedInput {
  /// The bytes of all records of one of the files.
  ///
  /// - Throws: ``SourceError`` when it cannot be read, or is no longer what it was when planned.
  package func records(ofFile index: Int) throws(SourceError) -> [UInt8] {
    let (file, start) = (files[index], firstRecords[index])
    let reader = try FileReader(path: file.path, planned: file)
    let count = Int(max(file.size - start, 0))
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 16)
    defer { memory.deallocate() }
    if let base = memory.baseAddress {
      try reader.readExactly(into: base, count: count, at: start)
    }
    return Array(memory.prefix(count))
  }
}
