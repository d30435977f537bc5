// Names, places and oddities that the sample is made of; several scripts, so that encodings are put to the test.

export const firstNames: readonly string[] = [
  'John',
  'Mary',
  'Aisha',
  'Björn',
  'Chloé',
  'Daniel',
  'Elena',
  'Fatima',
  'Grace',
  'Hiroshi',
  'Ingrid',
  'José',
  'Karin',
  'Liam',
  'Mateo',
  'Nadia',
  'Olga',
  'Priya',
  'Quentin',
  'Renée',
  'Søren',
  'Tomás',
  'Ursula',
  'Viktor',
  'Wei',
  'Ximena',
  'Yusuf',
  'Zoë',
  '美咲',
  'Анна',
];

export const lastNames: readonly string[] = [
  'Doe',
  'Smith',
  'Müller',
  "O'Brien",
  'García',
  'Nakamura',
  'Kowalski',
  'Åkesson',
  'Fernández',
  'Dubois',
  'Rossi',
  'Novák',
  'Petrov',
  'Singh',
  'Chen',
  'Okafor',
  'van den Berg',
  'Johnson',
  'Brown',
  'Lindström',
  'Yılmaz',
  'Silva',
  'Jensen',
  'Smith-Jones',
  '佐藤',
  'Иванова',
];

export const streets: readonly string[] = [
  'Main St',
  'Oak Avenue',
  'Elm Street',
  'Maple Dr',
  'High Street',
  'Rue de la Paix',
  'Königsallee',
  'Calle Mayor',
  'Via Roma',
  'Station Road',
  'Park Lane',
  'Cedar Blvd',
  'Sunset Blvd',
  'Hauptstraße',
  'Storgatan',
];

export const buildings: readonly string[] = ['Apt', 'Unit', 'Suite', '#'];

export const cities: readonly { name: string; state: string; zip: string; country: string }[] = [
  { name: 'Springfield', state: 'IL', zip: '627', country: 'US' },
  { name: 'Portland', state: 'OR', zip: '972', country: 'US' },
  { name: 'Austin', state: 'TX', zip: '787', country: 'US' },
  { name: 'Boston', state: 'MA', zip: '021', country: 'US' },
  { name: 'Denver', state: 'CO', zip: '802', country: 'US' },
  { name: 'Seattle', state: 'WA', zip: '981', country: 'US' },
  { name: 'Montréal', state: 'QC', zip: 'H2X', country: 'CA' },
  { name: 'Toronto', state: 'ON', zip: 'M5V', country: 'CA' },
  { name: 'München', state: 'BY', zip: '803', country: 'DE' },
  { name: 'Zürich', state: 'ZH', zip: '80', country: 'CH' },
  { name: 'São Paulo', state: 'SP', zip: '010', country: 'BR' },
  { name: 'Malmö', state: 'M', zip: '211', country: 'SE' },
  { name: '東京', state: '13', zip: '100', country: 'JP' },
];

export const brokenEmails: readonly string[] = ['n/a', 'nobody@', 'unknown', 'john(at)example.com', '@example.com', ''];

export const junkPhones: readonly string[] = ['call office', '555', '-', '000', 'ext. 12', 'see notes'];

export const emptyNames: readonly string[] = ['', '   ', '***', '???', '\t'];
