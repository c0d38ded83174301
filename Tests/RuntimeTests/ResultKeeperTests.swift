import Foundation
import PipelineCore
import ResultStore
import Testing
import Wire
import ZeroMQ

@testable import Runtime

@Suite struct ResultKeeperTests {
  private func keeper(_ storage: RunStorage) throws -> ResultKeeper {
    let keeper = try ResultKeeper(storage, run: .test, stage: 0)
    try keeper.recover { _ in }
    return keeper
  }

  /// A result that was kept, checked against the digest of the text that it is to be.
  private func read(
    _ place: ResultPlace, _ expected: String, from keeper: ResultKeeper
  ) throws -> String {
    var whole: [UInt8] = []
    try keeper.take(place, digest: digest(expected)) { whole.append(contentsOf: $0) }
    return text(whole)
  }

  private func digest(_ text: String) -> UInt64 {
    bytes(text).withUnsafeBytes { Digest.xxh3($0) }
  }

  private func digests(_ texts: [String]) -> [UInt32: [UInt64]] {
    var digests: [UInt32: [UInt64]] = [:]
    for (index, text) in texts.enumerated() {
      digests[UInt32(index)] = [digest(text)]
    }
    return digests
  }

  /// Persists a message of these results.
  private func persist(
    _ texts: [(index: UInt32, text: String)], token: UInt64, by keeper: ResultKeeper
  ) throws -> Bool {
    try withResults(texts) { results in
      if keeper.isDurable, !results.isEmpty { _ = try keeper.keep(results) }
      return keeper.persist(token, results)
    }
  }

  /// Waits until something is persisted.
  private func persisted(by keeper: ResultKeeper) throws -> UInt64? {
    var poller = Poller()
    let slot = try poller.add(
      fileDescriptor: try #require(keeper.descriptor), for: .readable)
    defer { poller.remove(slot) }
    guard try poller.poll(timeout: patience) == 1 else { return nil }
    return try keeper.takePersisted()
  }

  @Test(arguments: [RunStorage.Durability.process, .machine])
  func whatIsStoredIsThereForTheNextSession(durability: RunStorage.Durability) throws {
    try withDirectory { directory in
      let texts = ["first", "", String(repeating: "third", count: 500_000)]
      let book = StorageBook()
      let first = try keeper(book.storage(durability, in: directory))
      let places = try withResults(texts.enumerated().map { (UInt32($0), $1) }) { results in
        let places = try first.keep(results)
        if !first.persist(7, results) { #expect(try persisted(by: first) == 7) }
        return places
      }
      // They stay though they were read.
      for (place, expected) in zip(places, texts) {
        #expect(try read(place, expected, from: first) == expected)
      }
      #expect(book.stored.value == digests(texts))
      #expect(book.recovered.value == [:])
      #expect(book.recoveries.value == [[]])

      let next = StorageBook()
      let second = try ResultKeeper(
        next.storage(durability, in: directory), run: .test, stage: 0)
      var found: [UInt32: String] = [:]
      try second.recover { results in
        for result in results {
          found[result.index] = try read(
            result.place, texts[Int(result.index)], from: second)
        }
      }
      #expect(found == [0: texts[0], 1: texts[1], 2: texts[2]])
      #expect(next.recovered.value == digests(texts))
      #expect(next.recoveries.value == [[]])
      #expect(next.stored.value == [:])
    }
  }

  @Test func nothingCountsAsStoredBeforeItIsFlushed() throws {
    try withDirectory { directory in
      let gate = try StartGate()
      let disk = try FaultyDisk(directory, gate: gate)
      let book = StorageBook()
      let keeper = try keeper(book.storage(.machine, in: directory, on: disk))
      #expect(try !persist([(0, "a"), (1, "b")], token: 1, by: keeper))
      #expect(disk.begun.waits { $0 == 1 })
      #expect(try !persist([(2, "c")], token: 2, by: keeper))
      // A message without anything new is not answered before those ahead of it.
      #expect(try !persist([], token: 3, by: keeper))
      #expect(try keeper.takePersisted() == nil)
      #expect(book.stored.value == [:])
      gate.open(nil)
      var latest: UInt64 = 0
      while latest < 3 { latest = try #require(try persisted(by: keeper)) }
      #expect(book.stored.value == digests(["a", "b", "c"]))
      // With nothing ahead of it, it is answered at once.
      #expect(try persist([], token: 4, by: keeper))
    }
  }

  @Test func afterAFlushThatFailedNothingCountsAsStored() throws {
    try withDirectory { directory in
      let disk = try FaultyDisk(directory, flushes: 0)
      let book = StorageBook()
      let keeper = try keeper(book.storage(.machine, in: directory, on: disk))
      #expect(try !persist([(0, "a")], token: 1, by: keeper))
      #expect(throws: FaultyDisk.broken) { _ = try persisted(by: keeper) }
      #expect(book.stored.value == [:])
    }
  }

  @Test func aFullDiskIsSaid() throws {
    try withDirectory { directory in
      let disk = try FaultyDisk(directory, room: 1)
      let keeper = try keeper(StorageBook().storage(.process, in: directory, on: disk))
      #expect(try persist([(0, "a")], token: 1, by: keeper))
      #expect(throws: FaultyDisk.full) {
        _ = try persist([(1, "b")], token: 2, by: keeper)
      }
    }
  }

  /// Where nothing is durable, files are there only while early results wait in them.
  @Test func resultsThatWaitVanishWhenTheyAreTaken() throws {
    try withDirectory { directory in
      let book = StorageBook()
      let keeper = try keeper(book.storage(.off, in: directory))
      #expect(keeper.descriptor == nil)
      for round in 0..<3 {
        let texts = ["\(round)", "", String(repeating: "x", count: 3_000_000), "y"]
        let places = try texts.map { text in
          try withResults([(1, text)]) { try keeper.keepEarly($0[0]) }
        }
        // The numbers of segments are not used up.
        #expect(try names(in: directory) == ["000001.segment"])
        for index in [2, 0, 3] {
          #expect(try read(places[index], texts[index], from: keeper) == texts[index])
        }
        #expect(try names(in: directory) == ["000001.segment"])
        #expect(try read(places[1], "", from: keeper) == "")
        #expect(try names(in: directory) == [])
      }
      #expect(try persist([(0, "a")], token: 1, by: keeper))
      #expect(try keeper.takePersisted() == nil)
      #expect(book.stored.value == [:])
      #expect(book.recoveries.value == [])
    }
  }

  @Test func whatAnotherSessionLeftIsNotTakenUpWhereNothingIsDurable() throws {
    try withDirectory { directory in
      let first = try keeper(StorageBook().storage(.process, in: directory))
      #expect(try persist([(0, "old")], token: 1, by: first))
      let second = try ResultKeeper(
        StorageBook().storage(.off, in: directory), run: .test, stage: 0)
      try second.recover { _ in Issue.record("something was taken up") }
      #expect(try names(in: directory) == [])
    }
  }

  @Test func damageIsToldAndWhatIsDamagedIsNotShown() throws {
    try withDirectory { directory in
      let first = try keeper(StorageBook().storage(.process, in: directory))
      #expect(try persist([(0, "a good result")], token: 1, by: first))
      #expect(try persist([(1, "a bad result")], token: 2, by: first))
      #expect(try persist([(2, "another good result")], token: 3, by: first))
      let path = "\(directory)/000001.segment"
      let content = try contents(of: path)
      let place = try #require(
        Data(content).range(of: Data("a bad result".utf8)))
      var damaged = content
      damaged[place.lowerBound] ^= 1
      try write(damaged, to: path)

      let book = StorageBook()
      let second = try ResultKeeper(
        book.storage(.process, in: directory), run: .test, stage: 0)
      var found: [UInt32] = []
      try second.recover { results in found += results.map(\.index) }
      #expect(found == [0, 2])
      #expect(book.recoveries.value.count == 1)
      #expect(book.recoveries.value[0].count == 1)
      #expect(book.recoveries.value[0][0].contains("000001.segment"))
    }
  }

  @Test func aResultThatIsNotWhatWasKeptIsRefused() throws {
    try withDirectory { directory in
      let keeper = try keeper(StorageBook().storage(.off, in: directory))
      let place = try withResults([(1, "a result")]) { try keeper.keepEarly($0[0]) }
      let path = "\(directory)/000001.segment"
      var content = try contents(of: path)
      content[Int(place.offset)] ^= 1
      try write(content, to: path)
      let error = #expect(throws: StoreError.self) {
        _ = try read(place, "a result", from: keeper)
      }
      #expect(error?.code == .damaged)
    }
  }

  @Test func theResultsOfAnotherRunAreRefused() throws {
    try withDirectory { directory in
      let first = try keeper(StorageBook().storage(.process, in: directory))
      #expect(try persist([(0, "a")], token: 1, by: first))
      let other = try ResultKeeper(
        StorageBook().storage(.process, in: directory), run: RunID(rawValue: 1), stage: 0)
      let error = #expect(throws: StoreError.self) {
        try other.recover { _ in Issue.record("something was taken up") }
      }
      #expect(error?.code == .foreign)
    }
  }

  @Test func aPlaceThatCannotBeMadeIsNamed() {
    let error = #expect(throws: StoreError.self) {
      _ = try ResultKeeper(.temporary(in: "/proc/none"), run: .test, stage: 0)
    }
    #expect(error?.description.contains("/proc/none") == true)
  }
}
