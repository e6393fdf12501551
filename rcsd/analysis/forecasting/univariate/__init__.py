"""Methods that know one series' own past only, each for many series of one length at once.

They are written here because nothing kept does the same beside pandas 3. statsforecast 2.1 (AutoETS, AutoARIMA, Theta)
needs pandas below 3, brings pyarrow and fugue, and refuses a trend on eight cells or fewer and a damped one on nine,
where the first origins lie. statsmodels has every model, but neither automatic choice; its ETSModel stops early on such
series (its squared error was up to nine times the smallest, of 78 cities' GDP to 2007 and to 2013), and an ARIMA takes
it 30 ms, which makes the choice among a dozen orders for some seven hundred city-origins a matter of minutes. Over one
array the exact likelihoods of a hundred cities take little longer than that of one. Tests hold the results to
statsmodels' where it finds the optimum.
"""
