/// Digests by partition index, from 0 on, in pages: growing copies none of them.
struct DigestTable: Sendable {
  private var pages: ContiguousArray<ContiguousArray<UInt64>> = []

  private static let pageSize = 1 << 14

  /// Digests that there is room for; 0 where none was set.
  var count: Int { pages.count * Self.pageSize }

  subscript(index: UInt32) -> UInt64 {
    get { pages[Int(index) / Self.pageSize][Int(index) % Self.pageSize] }
    set {
      let page = Int(index) / Self.pageSize
      while page >= pages.count {
        pages.append(ContiguousArray(repeating: 0, count: Self.pageSize))
      }
      pages[page][Int(index) % Self.pageSize] = newValue
    }
  }
}
