import Foundation

/// The flights data read by a few lines of ordinary Swift, to compare results with.
struct FlightFacts {
  /// The data, read once.
  static let all = Result { try FlightFacts() }

  /// A record; a field of NA is `nil`.
  private struct Flight {
    let carrier: Substring
    let route: String
    let departureDelay: Int?
    let arrivalDelay: Int?
    let distance: Int
    /// Of the scheduled hour in UTC; Sunday is 0.
    let weekday: Int
  }

  private let flights: [Flight]

  /// Reads the three months; no field of them has a quote.
  private init() throws {
    flights = try ["01", "02", "03"].flatMap { month in
      try Repository.lines("Topologies/data/flights-2013-\(month).csv").dropFirst().map { line in
        let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        return Flight(
          carrier: fields[9], route: "\(fields[12])-\(fields[13])",
          departureDelay: Int(fields[5]), arrivalDelay: Int(fields[8]),
          distance: Int(fields[15]) ?? 0, weekday: Self.weekday(fields[18]))
      }
    }
  }

  /// The rows of `quickstart.yaml`, as text.
  func carriers() -> Set<[String]> {
    let late = flights.filter { $0.departureDelay != nil }
    return Set(
      Dictionary(grouping: late, by: \.carrier).map { carrier, flights in
        let delays = flights.compactMap(\.departureDelay)
        return [
          String(carrier), String(delays.count), Self.mean(of: delays, digits: 1),
          String(delays.max() ?? 0), String(delays.count { $0 > 60 }),
        ]
      })
  }

  /// The rows of `late-airlines.yaml`, as text, in order.
  func lateAirlines() throws -> [[String]] {
    let names = Dictionary(
      uniqueKeysWithValues: try Repository.lines("Topologies/data/airlines.csv").dropFirst().map {
        let fields = $0.split(separator: ",", maxSplits: 1)
        return (fields[0], String(fields[1]))
      })
    let late = flights.filter { ($0.departureDelay ?? 0) > 60 }
    let groups = Dictionary(grouping: late) { names[$0.carrier] ?? "" }
    let order = groups.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    return order.map { name, flights in
      let delays = flights.compactMap(\.departureDelay).sorted()
      let (low, high) = (delays[(delays.count - 1) / 2], delays[delays.count / 2])
      let rank = groups.values.count { $0.count > flights.count } + 1
      let median = Double(low + high) / 2
      return [
        String(rank), name, String(flights.count),
        median == median.rounded() ? String(Int(median)) : String(median),
      ]
    }
  }

  /// The rows of `busiest-routes.yaml`, as text, in order.
  func busiestRoutes(_ count: Int) -> [[String]] {
    let routes = Dictionary(grouping: flights, by: \.route)
    let order = routes.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    return order.prefix(count).map { route, flights in
      [
        route, String(flights.count), String(Set(flights.map(\.carrier)).count),
        Self.mean(of: flights.compactMap(\.arrivalDelay), digits: 2),
        String(flights.map(\.distance).min() ?? 0),
        String(flights.count { $0.weekday == 0 || $0.weekday == 6 }),
      ]
    }
  }

  /// The mean, rounded half away from zero as PostgreSQL rounds `numeric`, in whole numbers only.
  private static func mean(of values: [Int], digits: Int) -> String {
    let scale = digits == 1 ? 10 : 100
    let sum = values.reduce(0, +)
    let scaled = (abs(sum) * scale * 2 + values.count) / (values.count * 2)
    let fraction = String(scaled % scale + scale).dropFirst()
    return "\(sum < 0 && scaled > 0 ? "-" : "")\(scaled / scale).\(fraction)"
  }

  /// The weekday of `YYYY-MM-DD…` in the Gregorian calendar, by Sakamoto's method.
  private static func weekday(_ text: Substring) -> Int {
    let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
    let year = parts[1] < 3 ? parts[0] - 1 : parts[0]
    let shifts = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
    return (year + year / 4 - year / 100 + year / 400 + shifts[parts[1] - 1] + parts[2]) % 7
  }
}
