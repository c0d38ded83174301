import Operators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The pages of a mapping that are in this process's memory: those around the place that is being read.
///
/// They come many at a time, as a fault for each costs more than a scan; and they go when they have been
/// read, so that a worker's memory does not grow with its partitions.
final class MappedWindow: ReadingProgress {
  private let mapping: UnsafeMutableRawBufferPointer
  /// Bytes of the mapping before the partition.
  private let lead: Int
  private let pageSize: Int
  /// The bytes of the mapping that are there; both ends at pages, or the end of all.
  private(set) var present = 0..<0

  /// How much comes at once, and how much of what was read stays, in bytes.
  static let length = 4 << 20

  /// Nothing is there before the first call of ``reached(_:)``.
  init(_ mapping: UnsafeMutableRawBufferPointer, lead: Int, pageSize: Int) {
    self.mapping = mapping
    self.lead = lead
    self.pageSize = pageSize
  }

  func reached(_ offset: Int) {
    let place = min(max(offset, 0) + lead, mapping.count) / pageSize * pageSize
    // Read once more, from further ahead.
    if place < present.lowerBound { present = place..<place }
    if place - present.lowerBound >= Self.length { release(upTo: place) }
    if place + Self.length / 2 > present.upperBound, present.upperBound < mapping.count { fetch() }
  }

  private func fetch() {
    let end = min(present.upperBound + Self.length, mapping.count)
    #if canImport(Glibc)
    // A kernel that does not know it leaves the pages to faults.
    _ = madvise(
      mapping.baseAddress! + present.upperBound, end - present.upperBound, MADV_POPULATE_READ)
    #endif
    present = present.lowerBound..<end
  }

  private func release(upTo place: Int) {
    _ = madvise(
      mapping.baseAddress! + present.lowerBound, place - present.lowerBound, MADV_DONTNEED)
    present = place..<max(place, present.upperBound)
  }
}
