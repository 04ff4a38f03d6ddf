# coding: utf-8
import gc
import os
import pandas as pd
import lightgbm as lgb
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

# os.environ["CUDA_VISIBLE_DEVICES"] = "1"

debug = 0

train = pd.read_csv('/home/lena/avito/input/train.csv', parse_dates=['activation_date'])
test = pd.read_csv('/home/lena/avito/input/test.csv', parse_dates=['activation_date'])
# train = train.sample(10000)
# test = test.sample(1000)

print('train', train.shape, '🚂')

for df in (train, test):
    df['weekday'] = df['activation_date'].dt.weekday
    df['n_words'] = df['description'].fillna('').str.split().str.len()
    # df['n_chars'] = df['description'].fillna('').str.len()
    # df['n_upper'] = df['description'].str.count('[A-Z]')

num = ['price', 'item_seq_number', 'n_words', 'weekday']
y = train['deal_probability']
X = train[num].fillna(-1)

scaler = StandardScaler()
X = scaler.fit_transform(X)

X_train, X_valid, y_train, y_valid = train_test_split(X, y, test_size=0.1)

params = {
    'objective': 'regression',
    'metric': 'rmse',
    'num_leaves': 271,
    'learning_rate': 0.0187,
    # 'learning_rate': 0.05,
    'feature_fraction': 0.63,
    'bagging_fraction': 0.77,
    'bagging_freq': 4,
    'max_depth': 17,
}

d_train = lgb.Dataset(X_train, y_train)
d_valid = lgb.Dataset(X_valid, y_valid)
model = lgb.train(params, d_train, num_boost_round=3170, valid_sets=[d_valid])
# model = lgb.cv(params, d_train, nfold=5)
# print(min(model['rmse-mean']))
del d_train, d_valid
gc.collect()

sub = pd.DataFrame({'item_id': test['item_id'], 'deal_probability': model.predict(scaler.transform(test[num].fillna(-1)))})
sub['deal_probability'] = sub['deal_probability'].clip(0, 1)
sub.to_csv('/home/lena/avito/subs/lgb_v2_final.csv', index=False)
