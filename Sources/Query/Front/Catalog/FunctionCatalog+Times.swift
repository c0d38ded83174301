import Columnar

extension FunctionCatalog {
  /// Functions of dates, times and intervals.
  static let times: [String: [FunctionSignature]] = [
    "date_trunc": [
      FunctionSignature([.text, .timestamp], .timestamp, FunctionSignature.Meaning.dateTrunc),
      FunctionSignature([.text, .timestamptz], .timestamptz, FunctionSignature.Meaning.dateTrunc),
      FunctionSignature([.text, .interval], .interval, FunctionSignature.Meaning.dateTrunc),
      FunctionSignature(
        [.text, .timestamptz, .text], .timestamptz, FunctionSignature.Meaning.dateTrunc),
    ],
    "extract": [ColumnType.date, .timestamp, .timestamptz, .interval].map {
      FunctionSignature([.text, $0], .numeric, FunctionSignature.Meaning.extract)
    },
    "date_part": [ColumnType.date, .timestamp, .timestamptz, .interval].map {
      FunctionSignature([.text, $0], .double, .datePart)
    },
    "date_bin": [ColumnType.timestamp, .timestamptz].map {
      FunctionSignature([.interval, $0, $0], $0, .dateBin)
    },
    "age": [
      FunctionSignature([.timestamp, .timestamp], .interval, .age),
      FunctionSignature([.timestamptz, .timestamptz], .interval, .age),
      FunctionSignature([.timestamp], .interval, clock),
      FunctionSignature([.timestamptz], .interval, clock),
    ],
    "make_date": [FunctionSignature([.integer, .integer, .integer], .date, .makeDate)],
    "make_timestamp": [
      FunctionSignature(
        [.integer, .integer, .integer, .integer, .integer, .double], .timestamp, .makeTimestamp)
    ],
    "make_timestamptz": [
      FunctionSignature(
        [.integer, .integer, .integer, .integer, .integer, .double], .timestamptz,
        .makeTimestamp),
      FunctionSignature(
        [.integer, .integer, .integer, .integer, .integer, .double, .text], .timestamptz,
        .makeTimestamp),
    ],
    "make_interval": [
      FunctionSignature(
        [.integer, .integer, .integer, .integer, .integer, .integer, .double], .interval,
        .makeInterval)
    ],
    "justify_days": justification(.justifyDays), "justify_hours": justification(.justifyHours),
    "justify_interval": justification(.justifyInterval),
    "isfinite": [ColumnType.date, .timestamp, .timestamptz, .interval].map {
      FunctionSignature([$0], .boolean, .isFinite)
    },
    "to_timestamp": [
      FunctionSignature([.double], .timestamptz, .timestampOfEpoch),
      FunctionSignature([.text, .text], .timestamptz, .parseTime),
    ],
    "to_date": [FunctionSignature([.text, .text], .date, .parseTime)],
    "to_char": [ColumnType.timestamp, .timestamptz, .interval].map {
      FunctionSignature([$0, .text], .text, .formatTime)
    },
    // What the parser makes of AT TIME ZONE.
    "timezone": [ColumnType.text, .interval].flatMap { zone in
      [
        FunctionSignature([zone, .timestamp], .timestamptz, .atZone),
        FunctionSignature([zone, .timestamptz], .timestamp, .atZone),
      ]
    },
    "overlaps": [ColumnType.timestamp, .timestamptz].flatMap { time in
      [[time, time], [time, .interval]].flatMap { first in
        [[time, time], [time, .interval]].map { second in
          FunctionSignature(first + second, .boolean, .overlaps)
        }
      }
    },
  ]

  /// The names of a function's parameters, where PostgreSQL gives them names.
  static func parameterNames(of function: String) -> [String]? { parameterNames[function] }

  private static let parameterNames = [
    "make_date": ["year", "month", "day"],
    "make_timestamp": ["year", "month", "mday", "hour", "min", "sec"],
    "make_timestamptz": ["year", "month", "mday", "hour", "min", "sec", "timezone"],
    "make_interval": ["years", "months", "weeks", "days", "hours", "mins", "secs"],
  ]

  private static let clock = FunctionSignature.Meaning.refused(
    "age of one argument, which depends on the clock, is", help: "write age(end, start)")

  private static func justification(_ function: Function) -> [FunctionSignature] {
    [FunctionSignature([.interval], .interval, function)]
  }
}
