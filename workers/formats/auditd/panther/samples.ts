/** Short rows: with Panther's standard fields, without them, and of another log. */
export const SAMPLES: readonly string[] = [
  '{"type":"USER_LOGIN","timestamp":1786504600.101,"eventId":"902","pid":"7","uid":"0","auid":"1004","ses":"8","acct":"eva","addr":"192.0.2.7","hostname":"?","terminal":"ssh","res":"success","extra_message_fields":{"op":"login"},"p_log_type":"Linux.Auditd","p_event_time":"2026-08-12 03:16:40.101","p_parse_time":"2026-08-12 03:17:02.9","p_row_id":"a1","p_any_ip_addresses":["192.0.2.7"]}',
  '{"type":"CWD","timestamp":1786504600.101,"eventId":"903","cwd":"/user/eva"}',
  '{"eventName":"GetObject","p_log_type":"AWS.S3ServerAccess","p_event_time":"2026-08-12 03:16:40","p_parse_time":"2026-08-12 03:20:00","p_row_id":"b1"}',
];
