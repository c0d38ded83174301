/// Values by partition index, for partitions that lie close together: those under way are a window that
/// moves along the input.
///
/// Pages of slots, found by their number: reading, setting and removing takes constant time and no
/// hashing. A page has slots for as long as it has a value; one without takes 16 bytes while there are
/// others on both sides of it.
///
/// It is public because the compiler makes no version of a generic type for its `Value` in another module
/// where that is only `package`, and works with metadata, a hundred times as slowly.
public struct PartitionTable<Value: Sendable>: Sendable {
  /// Values that there are.
  public var count = 0
  /// The pages from ``firstPage`` on; those without a value have no slots.
  @usableFromInline var pages: ContiguousArray<Page> = []
  /// The number of the first of ``pages``.
  @usableFromInline var firstPage = 0
  /// How many of ``pages``, from the first on, are there only because removing them has a cost.
  @usableFromInline var vacated = 0
  /// Slots without values, kept from the last page that had none left: a window of a few partitions would
  /// have a page made for each of them.
  @usableFromInline var spare: ContiguousArray<Value?> = []

  @usableFromInline
  struct Page: Sendable {
    @usableFromInline var slots: ContiguousArray<Value?> = []
    @usableFromInline var count = 0

    @inlinable init() {}
  }

  /// Binary digits of a position within a page.
  @inlinable static var positionBits: UInt32 { 9 }
  @inlinable static var pageSize: Int { 1 << positionBits }

  /// A table without values.
  @inlinable public init() {}

  /// The value of a partition, or `nil` where there is none.
  @inlinable public subscript(index: UInt32) -> Value? {
    get {
      guard let page = page(of: index) else { return nil }
      return pages[page].slots[Self.position(index)]
    }
    set {
      if let newValue {
        set(newValue, at: index)
      } else {
        remove(index)
      }
    }
  }

  /// Removes a partition's value, if there is one that is `unwanted`, and gives it.
  @inlinable @discardableResult
  public mutating func remove(
    _ index: UInt32, where unwanted: (Value) -> Bool = { _ in true }
  ) -> Value? {
    let position = Self.position(index)
    guard let page = page(of: index), let value = pages[page].slots[position], unwanted(value)
    else { return nil }
    pages[page].slots[position] = nil
    pages[page].count -= 1
    count -= 1
    if pages[page].count == 0 { dropSlots(of: page) }
    return value
  }

  /// Removes all values.
  @inlinable
  public mutating func removeAll() { self = Self() }

  @inlinable static func position(_ index: UInt32) -> Int { Int(index) & (pageSize - 1) }

  /// The place in ``pages`` of a partition's page, or `nil` when it has no slots.
  @inlinable
  func page(of index: UInt32) -> Int? {
    let page = Int(index >> Self.positionBits) - firstPage
    return page >= 0 && page < pages.count && pages[page].count > 0 ? page : nil
  }

  @inlinable
  mutating func set(_ value: Value, at index: UInt32) {
    let page = page(of: index) ?? makePage(of: index)
    let position = Self.position(index)
    if pages[page].slots[position] == nil {
      pages[page].count += 1
      count += 1
    }
    pages[page].slots[position] = value
  }

  /// Gives a partition's page slots, and its place in ``pages``.
  @usableFromInline
  mutating func makePage(of index: UInt32) -> Int {
    let number = Int(index >> Self.positionBits)
    if count == 0 {
      pages.removeAll(keepingCapacity: true)
      firstPage = number
      vacated = 0
    }
    if number < firstPage {
      pages.insert(
        contentsOf: repeatElement(Page(), count: firstPage - number), at: 0)
      firstPage = number
      vacated = 0
    }
    while number - firstPage >= pages.count { pages.append(Page()) }
    let page = number - firstPage
    if spare.isEmpty {
      pages[page].slots = ContiguousArray(repeating: nil, count: Self.pageSize)
    } else {
      swap(&pages[page].slots, &spare)
    }
    vacated = min(vacated, page)
    return page
  }

  /// Lets go of the slots of a page without values, and now and then of the pages before the first that
  /// has some.
  @usableFromInline
  mutating func dropSlots(of page: Int) {
    spare = []
    swap(&pages[page].slots, &spare)
    while vacated < pages.count, pages[vacated].count == 0 { vacated += 1 }
    guard vacated > Self.fewestVacated, vacated > pages.count / 2 else { return }
    pages.removeFirst(vacated)
    firstPage += vacated
    vacated = 0
  }

  /// So many pages are never worth removing.
  private static var fewestVacated: Int { 16 }
}
