extension ResultStore {
  /// Reads the whole store, shows each result that is whole, and leaves the store ready for more.
  ///
  /// A result is shown when its block's checksums are right and its payload is there; of several
  /// copies of a partition's result, the first whole one. All segments are flushed before they are
  /// read, so that what was shown is durable when this returns: a process that died may have left it
  /// in memory alone. What stands after the last whole block of the last segment is cut off. Bytes
  /// elsewhere that are not as they were written are passed over up to the next whole block, and
  /// told. To recover again gives the same results.
  ///
  /// - Parameter body: takes a result. What it throws ends recovery, which may be begun again.
  /// - Returns: what was found.
  /// - Throws: ``StoreError`` when files cannot be read, or when a segment was written by a version of
  ///   Millrace with another format or belongs to another run or stage.
  package mutating func recover(
    _ body: (StoredResult) throws -> Void
  ) throws -> RecoveryReport {
    end = nil
    if let failure { throw failure }
    var segments: [UInt32] = []
    for name in try disk.names() {
      if let segment = SegmentFormat.segment(named: name) { segments.append(segment) }
    }
    // Before the first flush, so that a store that is not this run's is left as it is.
    for segment in segments { try refuseForeign(segment) }
    for segment in segments { try disk.flush(SegmentFormat.name(of: segment)) }

    var found = RecoveredResults()
    let window = SegmentWindow(disk: disk)
    var next = End(segment: 1, size: 0)
    for (position, segment) in segments.enumerated() {
      if position > 0 { found.noteMissing(from: next.segment, to: segment) }
      var scan = try SegmentScan(segment, identity, window)
      try scan.run(&found, body)
      let isLast = position == segments.count - 1
      try close(scan, isLast: isLast, in: &found.report)
      next = End(segment: segment + 1, size: 0)
      if isLast, scan.isAppendable { next = End(segment: segment, size: scan.wholeEnd) }
    }
    found.report.segments = segments.count
    end = next
    return found.report
  }

  private func refuseForeign(_ segment: UInt32) throws(StoreError) {
    let name = SegmentFormat.name(of: segment)
    let count = min(try disk.size(of: name), Int64(SegmentFormat.segmentHeader))
    let memory = ReadBuffer(byteCount: SegmentFormat.segmentHeader)
    let bytes = memory.prefix(Int(count))
    try disk.read(name, at: 0, into: bytes)
    let header = SegmentHeader.read(UnsafeRawBufferPointer(bytes), identity, segment: segment)
    guard case .refused(let code, let cause, let remedy) = header else { return }
    throw StoreError(code, path: name, cause, remedy: remedy)
  }

  private func close(
    _ scan: SegmentScan, isLast: Bool, in report: inout RecoveryReport
  ) throws(StoreError) {
    guard isLast else {
      if let tail = scan.tail {
        report.note(tail)
      } else if scan.wholeEnd == 0 {
        report.note(Damage(segment: scan.name, offset: 0, length: 0, results: 0))
      }
      return
    }
    guard let tail = scan.tail else { return }
    report.cut = tail
    try disk.truncate(tail.segment, to: scan.wholeEnd)
  }
}
